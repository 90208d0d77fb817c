// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_JSON2_CALL_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_JSON2_CALL_HPP

#include <zenoo_rpc/odoo/http_message.hpp>
#include <zenoo_rpc/testing/odoo_exception.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

#include <set>
#include <string>
#include <string_view>

// `/json/2/MODEL/METHOD`: one call per request, with its own status and without an envelope.

namespace zenoo_rpc::testing {

struct Json2Call {
    OdooId uid = 0;
    std::string model;
    std::string method;
    nlohmann::json named = nlohmann::json::object();
};

bool is_json2(std::string_view path) noexcept;

/// Reads a request in Odoo's order: route, authentication, body. Throws the exceptions Odoo throws.
Json2Call json2_call(OdooStore const& store, HttpRequest const& request, std::string_view path);

/// Returns the external ids of the rows if the call is a `load`, otherwise none.
std::set<std::string> carried_external_ids(Json2Call const& call);

/// Executes the call in a transaction of its own.
nlohmann::json carry_out(OdooStore& store, Json2Call const& call);

HttpResponse json2_result(nlohmann::json const& result);
/// Returns the status for the class of the exception, with the error data of JSON-RPC.
HttpResponse json2_error(OdooException const& error);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_JSON2_CALL_HPP
