// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_HTTP_HEADERS_HPP
#define ZENOO_RPC_ODOO_HTTP_HEADERS_HPP

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>

namespace zenoo_rpc {

/// One of the headers of a message, which has the texts.
struct HttpHeader {
    std::string_view name;
    std::string_view value;
};

/// The headers of a message in their order, as one text: the lines that are sent.
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
        std::string_view lines_;  // from this one on
    };

    HttpHeaders() = default;
    HttpHeaders(std::initializer_list<HttpHeader> headers);

    /// Throws `std::invalid_argument` for a name that is not one word, or has a colon, and for what would end a line or
    /// begin another.
    void add(std::string_view name, std::string_view value);
    /// The same of what is known to be good.
    void add_good(std::string_view name, std::string_view value);

    bool empty() const noexcept { return lines_.empty(); }
    Iterator begin() const noexcept { return Iterator{lines_}; }
    Iterator end() const noexcept { return Iterator{}; }
    /// Each ends with a line break.
    std::string const& lines() const noexcept { return lines_; }
    /// Room for lines of as many bytes. Where they were before is overwritten: one of them may have a key in it.
    void reserve(std::size_t bytes);
    void clear() noexcept { lines_.clear(); }
    /// Overwrites the lines, and what they had in reserve, and empties them.
    void wipe() noexcept;

private:
    std::string lines_;
};

/// The value of the first header of that name, in any letter case; empty if there is none.
std::string_view find_header(HttpHeaders const& headers, std::string_view name) noexcept;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_HTTP_HEADERS_HPP
