// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_WIPED_REQUEST_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_WIPED_REQUEST_HPP

#include "odoo/support/secret.hpp"

#include <zenoo_rpc/odoo/http_message.hpp>

namespace zenoo_rpc::detail {

/// Overwrites the body and headers of a request, which may contain a password or key, at the end of its scope.
class WipedRequest {
public:
    explicit WipedRequest(HttpRequest& request) noexcept : request_{request} {}
    WipedRequest(WipedRequest const&) = delete;
    WipedRequest& operator=(WipedRequest const&) = delete;
    ~WipedRequest() {
        wipe(request_.body);
        request_.headers.wipe();
    }

private:
    HttpRequest& request_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_WIPED_REQUEST_HPP
