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
    constexpr std::string_view separator = ": ";
    constexpr std::string_view end_of_line = "\r\n";
    auto const host = server.text();
    std::size_t size = request.method.size() + request.target.size() + host.size() + 128;
    for (auto const& header : request.headers) {
        require_one_line(header);
        size += header.name.size() + separator.size() + header.value.size() + end_of_line.size();
    }
    std::string head;
    head.reserve(size);  // a string that grows would leave copies of a key behind
    head.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\nHost: ").append(host);
    head.append(keep_alive == KeepAlive::yes ? "\r\n" : "\r\nConnection: close\r\n");
    head.append("Content-Length: ").append(std::to_string(request.body.size())).append(end_of_line);
    for (auto const& header : request.headers) {
        head.append(header.name).append(separator).append(header.value).append(end_of_line);
    }
    head.append(end_of_line);
    return head;
}

}  // namespace zenoo_rpc::detail
