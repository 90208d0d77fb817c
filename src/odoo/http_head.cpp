// SPDX-License-Identifier: BSL-1.0
#include "odoo/http_head.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace zenoo_rpc::detail {

namespace {

bool is_control(char c) noexcept { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }

void require_one_word(std::string_view what, std::string_view word) {
    auto const breaks = [](char c) { return is_control(c) || c == ' ' || c == '\t'; };
    if (word.empty() || std::ranges::any_of(word, breaks)) {
        throw std::invalid_argument{"HTTP " + std::string{what} + " is empty, or has a space or control character"};
    }
}

void require_one_line(HttpHeader const& header) {
    require_one_word("header name", header.name);
    if (header.name.find(':') != std::string::npos || std::ranges::any_of(header.value, is_control)) {
        throw std::invalid_argument{"HTTP header " + header.name + " has a control character"};
    }
}

}  // namespace

std::string http_head(HttpRequest const& request, ServerAddress const& server, KeepAlive keep_alive) {
    require_one_word("method", request.method);
    require_one_word("target", request.target);
    require_one_word("host", server.host);
    std::string head = request.method + ' ' + request.target + " HTTP/1.1\r\nHost: " + server.text()
                       + (keep_alive == KeepAlive::yes ? "\r\n" : "\r\nConnection: close\r\n")
                       + "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    constexpr std::string_view separator = ": ";
    constexpr std::string_view end_of_line = "\r\n";
    auto size = head.size() + end_of_line.size();
    for (auto const& header : request.headers) {
        require_one_line(header);
        size += header.name.size() + separator.size() + header.value.size() + end_of_line.size();
    }
    head.reserve(size);  // a string that grows would leave copies of a key behind
    for (auto const& header : request.headers) {
        head.append(header.name).append(separator).append(header.value).append(end_of_line);
    }
    head.append(end_of_line);
    return head;
}

}  // namespace zenoo_rpc::detail
