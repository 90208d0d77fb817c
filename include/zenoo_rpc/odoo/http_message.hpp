// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_HTTP_MESSAGE_HPP
#define ZENOO_RPC_ODOO_HTTP_MESSAGE_HPP

#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc {

struct HttpHeader {
    std::string name;
    std::string value;
};

/// The value of the first header of that name, in any letter case; empty if there is none.
std::string_view find_header(std::vector<HttpHeader> const& headers, std::string_view name) noexcept;

/// One request, as a transport is to send it. `Host` and `Content-Length` are the transport's business.
struct HttpRequest {
    std::string method = "POST";
    std::string target;
    std::vector<HttpHeader> headers;
    std::string body;
};

/// One complete answer, whatever its status.
struct HttpResponse {
    int status = 200;
    std::vector<HttpHeader> headers;
    std::string body;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_HTTP_MESSAGE_HPP
