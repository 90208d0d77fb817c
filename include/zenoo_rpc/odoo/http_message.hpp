// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_HTTP_MESSAGE_HPP
#define ZENOO_RPC_ODOO_HTTP_MESSAGE_HPP

#include <zenoo_rpc/odoo/http_headers.hpp>

#include <string>

namespace zenoo_rpc {

/// Request for a transport to send. The transport adds `Host` and `Content-Length`.
struct HttpRequest {
    std::string method = "POST";
    std::string target;
    HttpHeaders headers;
    std::string body;
};

/// Complete response, whatever its status.
struct HttpResponse {
    int status = 200;
    HttpHeaders headers;
    std::string body;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_HTTP_MESSAGE_HPP
