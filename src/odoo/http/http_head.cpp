// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/http_head.hpp"

#include "odoo/support/text.hpp"

namespace zenoo_rpc::detail {

std::string server_lines(ServerAddress const& server, KeepAlive keep_alive) {
    require_one_word("host", server.host);
    return " HTTP/1.1\r\nHost: " + server.text() + (keep_alive == KeepAlive::yes ? "\r\n" : "\r\nConnection: close\r\n")
           + "Content-Length: ";
}

std::string http_head(HttpRequest const& request, std::string_view lines, std::size_t room) {
    require_one_word("method", request.method);
    require_one_word("target", request.target);
    constexpr std::string_view end_of_line = "\r\n";
    auto const& headers = request.headers.lines();
    std::string head;  // reserved at once: reallocation would leave copies of an API key in memory
    head.reserve(request.method.size() + request.target.size() + lines.size() + headers.size() + room + 32);
    head.append(request.method).append(" ").append(request.target).append(lines);
    head.append(std::to_string(request.body.size())).append(end_of_line).append(headers).append(end_of_line);
    return head;
}

}  // namespace zenoo_rpc::detail
