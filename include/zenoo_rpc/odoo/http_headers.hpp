// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_HTTP_HEADERS_HPP
#define ZENOO_RPC_ODOO_HTTP_HEADERS_HPP

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>

namespace zenoo_rpc {

/// One header of a message, which owns the texts.
struct HttpHeader {
    std::string_view name;
    std::string_view value;
};

/// Headers of a message in their order, stored as one text: the lines that are sent.
class HttpHeaders {
public:
    class Iterator {
    public:
        using value_type = HttpHeader;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::forward_iterator_tag;

        Iterator() = default;
        explicit Iterator(std::string_view lines) noexcept : lines_{lines} {}

        HttpHeader operator*() const noexcept;
        Iterator& operator++() noexcept;
        Iterator operator++(int) noexcept {
            auto const before = *this;
            ++*this;
            return before;
        }
        bool operator==(Iterator const& other) const noexcept { return lines_.size() == other.lines_.size(); }

    private:
        std::string_view lines_;  // from the current header on
    };

    HttpHeaders() = default;
    HttpHeaders(std::initializer_list<HttpHeader> headers);

    /// Adds a header. Throws `std::invalid_argument` for a name that is not one word or has a colon, and for text that
    /// would end the line or start another.
    void add(std::string_view name, std::string_view value);
    /// Adds a header whose name and value are known to be valid, without checking them.
    void add_valid(std::string_view name, std::string_view value);

    bool empty() const noexcept { return lines_.empty(); }
    Iterator begin() const noexcept { return Iterator{lines_}; }
    Iterator end() const noexcept { return Iterator{}; }
    /// Returns the lines that are sent, each of which ends with a line break.
    std::string const& lines() const noexcept { return lines_; }
    /// Reserves room for `bytes` bytes of lines. Overwrites the storage that it replaces, which may contain a key.
    void reserve(std::size_t bytes);
    void clear() noexcept { lines_.clear(); }
    /// Removes all headers and overwrites their storage, including its spare capacity.
    void wipe() noexcept;

private:
    std::string lines_;
};

/// Returns the value of the first header of that name, in any letter case; empty if there is none.
std::string_view find_header(HttpHeaders const& headers, std::string_view name) noexcept;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_HTTP_HEADERS_HPP
