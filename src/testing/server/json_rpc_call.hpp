// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_JSON_RPC_CALL_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_JSON_RPC_CALL_HPP

#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

#include <set>
#include <string>

// `/jsonrpc`: the service that is called, its method and arguments.

namespace zenoo_rpc::testing {

/// The arguments of `JSONRPC.jsonrpc(service, method, args)`.
struct JsonRpcCall {
    std::string service{};
    std::string method{};
    nlohmann::json args = nlohmann::json::array();
};

/// Reads the params of a request as Odoo does. Throws the exceptions Odoo throws.
JsonRpcCall json_rpc_call(nlohmann::json const& body, OdooDialect dialect);

bool is_load(JsonRpcCall const& call);

/// Returns the external ids of the rows if the call is a `load`, otherwise none.
std::set<std::string> carried_external_ids(JsonRpcCall const& call);

/// A call of the service `object`; the members are as the client sent them, null if absent.
struct ObjectCall {
    nlohmann::json model{};
    nlohmann::json method{};
    nlohmann::json args = nlohmann::json::array();
    nlohmann::json kwargs = nlohmann::json::object();
};

/// Reads the arguments of `execute_kw` or `execute`; `args` must have at least five.
ObjectCall object_call(std::string const& method, nlohmann::json const& args);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_JSON_RPC_CALL_HPP
