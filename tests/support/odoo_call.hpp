// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_ODOO_CALL_HPP
#define ZENOO_RPC_TESTS_SUPPORT_ODOO_CALL_HPP

#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>
#include <utility>

// Calls to the simulated server without network, as JSON.

namespace zenoo_rpc::tests {

using nlohmann::json;

inline HttpRequest post(std::string body, std::string target = "/jsonrpc") {
    return {"POST", std::move(target), {{"Content-Type", "application/json"}}, std::move(body)};
}

inline json rpc_body(std::string const& service, std::string const& method, json args) {
    return {{"jsonrpc", "2.0"},
            {"method", "call"},
            {"id", 1},
            {"params", {{"service", service}, {"method", method}, {"args", std::move(args)}}}};
}

inline HttpRequest rpc_request(std::string const& service, std::string const& method, json args) {
    return post(rpc_body(service, method, std::move(args)).dump());
}

/// Returns a request of `execute_kw` as the administrator.
inline HttpRequest model_request(std::string const& model, std::string const& method, json args,
                                 json kwargs = json::object()) {
    json all = json::array({"odoo19", 2, "admin", model, method, std::move(args), std::move(kwargs)});
    return rpc_request("object", "execute_kw", std::move(all));
}

/// Returns the whole response: an object with `result`, `error` or neither.
inline json response_to(testing::OdooServerCore& core, HttpRequest const& request) {
    return json::parse(core.respond(request).body);
}

/// Returns the result; throws if the response is an error.
inline json call(testing::OdooServerCore& core, std::string const& model, std::string const& method, json args,
                 json kwargs = json::object()) {
    json const response = response_to(core, model_request(model, method, std::move(args), std::move(kwargs)));
    if (response.contains("error")) throw std::runtime_error(response.at("error").at("data").dump());
    return response.value("result", json());
}

/// Returns `error.data` of a call that must fail.
inline json error_of(testing::OdooServerCore& core, std::string const& model, std::string const& method, json args,
                     json kwargs = json::object()) {
    return response_to(core, model_request(model, method, std::move(args), std::move(kwargs))).at("error").at("data");
}

inline json const import_once = {{"context", {{"mode", "update"}, {"noupdate", true}}}};

/// Calls `load` with the context of an idempotent import.
inline json load_once(testing::OdooServerCore& core, std::string const& model, json fields, json rows) {
    return call(core, model, "load", json::array({std::move(fields), std::move(rows)}), import_once);
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_ODOO_CALL_HPP
