// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_HTTP_WIRE_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_HTTP_WIRE_HPP

#include <zenoo_rpc/odoo/http_message.hpp>

#include <string>

namespace zenoo_rpc::testing {

/// The connection options of a response.
struct WireForm {
    bool keep_alive = false;
    bool http_1_0 = false;
};

/// Returns the bytes of a response, from status line to body, with `Content-Length` and `Connection`.
std::string wire_text(HttpResponse const& response, WireForm form);

/// Returns the response to a request that is too large, or else is not HTTP.
HttpResponse refusal_of_request(bool too_large);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_HTTP_WIRE_HPP
