// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_HTTP_ANSWERS_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_HTTP_ANSWERS_HPP

#include <zenoo_rpc/odoo/http_message.hpp>

#include <string>

// What comes back without JSON-RPC: pages of Werkzeug's and of a proxy's.

namespace zenoo_rpc::testing {

HttpResponse json_answer(std::string body);
/// `/web/health`: the server is alive, whatever the database is.
HttpResponse health_answer();
/// `/web/health?db_server_status=1`: the same where somebody wants to know about the database too.
HttpResponse database_health_answer(bool up);

/// 400 with a bare line of text: the body was no JSON, or no JSON-RPC.
HttpResponse bad_request(std::string text);
HttpResponse not_found();
/// 404 where a database decides what there is, and there is none: it is down, or not this one.
HttpResponse no_database_selected();

/// 500 of an Odoo that fails before it knows what is asked.
HttpResponse internal_server_error();

/// A route that speaks JSON, as the page calls it that says so.
struct JsonRoute {
    std::string path;
    std::string type;
};
/// 415 of Odoo 19 to a request whose Content-Type is not JSON.
HttpResponse unsupported_media_type(bool has_body, JsonRoute const& route);
/// The 400 of Odoo 16 to the same.
HttpResponse incompatible_request(std::string const& path);

/// The page of an nginx whose upstream fails: 502, 503 or 504.
HttpResponse gateway_page(int status);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_HTTP_ANSWERS_HPP
