// SPDX-License-Identifier: BSL-1.0
#include "odoo/http_head.hpp"

#include <stdexcept>
#include <string_view>

namespace zenoo_rpc::detail {

namespace {

/// Whether a byte may stand in a line; high ones may.
constexpr bool is_in_line(char c) noexcept { return (static_cast<unsigned char>(c) >= 0x20 || c == '\t') && c != 0x7f; }
constexpr bool is_in_word(char c) noexcept { return is_in_line(c) && c != ' ' && c != '\t'; }

/// Looks at every byte: most texts are short, and all of it right.
template <class Fits>
bool all_of(std::string_view text, Fits fits) noexcept {
    bool all = true;
    for (char const c : text) all &= fits(c);
    return all;
}

void require_one_word(char const* what, std::string_view word) {
    if (word.empty() || !all_of(word, is_in_word)) {
        throw std::invalid_argument{"HTTP " + std::string{what} + " is empty, or has a space or control character"};
    }
}

void require_one_line(HttpHeader const& header) {
    require_one_word("header name", header.name);
    if (header.name.find(':') != std::string::npos || !all_of(header.value, is_in_line)) {
        throw std::invalid_argument{"HTTP header " + header.name + " has a control character"};
    }
}

}  // namespace

std::string server_lines(ServerAddress const& server, KeepAlive keep_alive) {
    require_one_word("host", server.host);
    return " HTTP/1.1\r\nHost: " + server.text() + (keep_alive == KeepAlive::yes ? "\r\n" : "\r\nConnection: close\r\n")
           + "Content-Length: ";
}

std::string http_head(HttpRequest const& request, std::string_view lines) {
    require_one_word("method", request.method);
    require_one_word("target", request.target);
    constexpr std::string_view separator = ": ";
    constexpr std::string_view end_of_line = "\r\n";
    std::size_t size = request.method.size() + request.target.size() + lines.size() + 32;
    for (auto const& header : request.headers) {
        require_one_line(header);
        size += header.name.size() + separator.size() + header.value.size() + end_of_line.size();
    }
    std::string head;
    head.reserve(size);  // a string that grows would leave copies of a key behind
    head.append(request.method).append(" ").append(request.target).append(lines);
    head.append(std::to_string(request.body.size())).append(end_of_line);
    for (auto const& header : request.headers) {
        head.append(header.name).append(separator).append(header.value).append(end_of_line);
    }
    head.append(end_of_line);
    return head;
}

}  // namespace zenoo_rpc::detail
