// SPDX-License-Identifier: BSL-1.0
#include "odoo/support/secret.hpp"
#include "odoo/support/text.hpp"

#include <zenoo_rpc/odoo/http_headers.hpp>

#include <algorithm>
#include <utility>

namespace zenoo_rpc {

namespace {

constexpr std::string_view separator = ": ";
constexpr std::string_view line_break = "\r\n";

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view left, std::string_view right) noexcept {
    return std::ranges::equal(left, right, [](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace

HttpHeader HttpHeaders::Iterator::operator*() const noexcept {
    auto const end_of_name = lines_.find(':');
    auto const begin = end_of_name + separator.size();
    return {lines_.substr(0, end_of_name), lines_.substr(begin, lines_.find('\r', begin) - begin)};
}

HttpHeaders::Iterator& HttpHeaders::Iterator::operator++() noexcept {
    lines_.remove_prefix(lines_.find('\r') + line_break.size());
    return *this;
}

HttpHeaders::HttpHeaders(std::initializer_list<HttpHeader> headers) {
    for (auto const& [name, value] : headers) add(name, value);
}

void HttpHeaders::add(std::string_view name, std::string_view value) {
    detail::require_one_word("header name", name);
    if (name.find(':') != name.npos || !detail::all_of(value, detail::is_in_line)) {
        throw std::invalid_argument{"HTTP header " + std::string{name}
                                    + ": its name must not contain ':', and its value no control character"};
    }
    add_valid(name, value);
}

void HttpHeaders::reserve(std::size_t bytes) {
    if (bytes <= lines_.capacity()) return;
    std::string larger;
    larger.reserve(bytes);
    larger += lines_;
    wipe();
    lines_ = std::move(larger);
}

void HttpHeaders::wipe() noexcept { detail::wipe(lines_); }

void HttpHeaders::add_valid(std::string_view name, std::string_view value) {
    auto const size = lines_.size() + name.size() + separator.size() + value.size() + line_break.size();
    if (size > lines_.capacity()) reserve(std::max(size, 2 * lines_.capacity()));
    lines_.append(name).append(separator).append(value).append(line_break);
}

std::string_view find_header(HttpHeaders const& headers, std::string_view name) noexcept {
    std::string_view lines = headers.lines();  // only the matching line is split
    while (!lines.empty()) {
        auto const end = lines.find('\r');
        bool const is_it =
            name.size() < end && lines[name.size()] == ':' && same_name(lines.substr(0, name.size()), name);
        if (is_it) return lines.substr(0, end).substr(name.size() + separator.size());
        lines.remove_prefix(end + line_break.size());
    }
    return {};
}

}  // namespace zenoo_rpc
