// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_JSON_RPC_CALL_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_JSON_RPC_CALL_HPP

#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

#include <set>
#include <string>

// `/jsonrpc`: which service is called, how, and with what.

namespace zenoo_rpc::testing {

/// What `JSONRPC.jsonrpc(service, method, args)` is called with.
struct JsonRpcCall {
    std::string service{};
    std::string method{};
    nlohmann::json args = nlohmann::json::array();
};

/// Reads the params of a request as Odoo does. Throws what Odoo throws.
JsonRpcCall json_rpc_call(nlohmann::json const& body, OdooDialect dialect);

bool is_load(JsonRpcCall const& call);

/// Returns the external ids of the rows if it is a `load`.
std::set<std::string> carried_external_ids(JsonRpcCall const& call);

/// What a call of the service `object` asks for; the members are what the client sent, absent ones null.
struct ObjectCall {
    nlohmann::json model{};
    nlohmann::json method{};
    nlohmann::json args = nlohmann::json::array();
    nlohmann::json kwargs = nlohmann::json::object();
};

/// Reads the arguments of `execute_kw` or `execute`; there must be five at least.
ObjectCall object_call(std::string const& method, nlohmann::json const& args);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_JSON_RPC_CALL_HPP
