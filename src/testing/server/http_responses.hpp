// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_HTTP_RESPONSES_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_HTTP_RESPONSES_HPP

#include <zenoo_rpc/odoo/http_message.hpp>

#include <string>

// Responses other than JSON-RPC: pages of Werkzeug and of a proxy.

namespace zenoo_rpc::testing {

HttpResponse json_response(std::string body);
/// Returns the response to `/web/health`: the server is alive, regardless of the database.
HttpResponse health_response();
/// Returns the response to `/web/health?db_server_status=1`, which includes the state of the database.
HttpResponse database_health_response(bool up);

/// Returns 400 with a line of plain text: the body is not JSON, or not JSON-RPC.
HttpResponse bad_request(std::string text);
HttpResponse not_found();
/// Returns the 404 of a route that needs a database, when there is none: it is down, or has another name.
HttpResponse no_database_selected();

/// Returns the 500 of an Odoo that fails before it dispatches the request.
HttpResponse internal_server_error();

/// A route for JSON, as named on the error page.
struct JsonRoute {
    std::string path;
    std::string type;
};
/// Returns the 415 of Odoo 19 for a request whose Content-Type is not JSON.
HttpResponse unsupported_media_type(bool has_body, JsonRoute const& route);
/// Returns the 400 of Odoo 16 for a request whose Content-Type is not JSON.
HttpResponse incompatible_request(std::string const& path);

/// Returns the page of an nginx whose upstream fails; `status` is 502, 503 or 504.
HttpResponse gateway_page(int status);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_HTTP_RESPONSES_HPP
