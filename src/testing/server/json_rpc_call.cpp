// SPDX-License-Identifier: BSL-1.0
#include "testing/server/json_rpc_call.hpp"

#include "testing/orm/external_ids.hpp"
#include "testing/python/python_errors.hpp"
#include "testing/python/python_signature.hpp"

#include <cstddef>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

/// Converts the params to a dict, as Python does.
json params_of(json const& body) {
    json params = body.value("params", json::object());
    if (params.is_object()) return params;
    if (params.is_array() && !params.empty() && params[0].is_string()) {
        throw python::value_error("dictionary update sequence element #0 has length "
                                  + std::to_string(params[0].get_ref<std::string const&>().size()) + "; 2 is required");
    }
    if (!python::truth(params)) return json::object();
    throw python::type_error("cannot convert dictionary update sequence element #0 to a sequence");
}

}  // namespace

JsonRpcCall json_rpc_call(json const& body, OdooDialect dialect) {
    json const params = params_of(body);
    char const* const function = dialect == OdooDialect::odoo16 ? "RPC.jsonrpc" : "JSONRPC.jsonrpc";
    python::Signature{function, {{"service", true}, {"method", true}, {"args", true}}, 1}.require(params);
    JsonRpcCall call{.service = python::str(params.at("service")), .method = python::str(params.at("method"))};
    if (params.at("args").is_array()) call.args = params.at("args");
    return call;
}

bool is_load(JsonRpcCall const& call) {
    return call.service == "object" && call.args.size() >= 5 && call.args[4] == "load";
}

std::set<std::string> carried_external_ids(JsonRpcCall const& call) {
    if (!is_load(call)) return {};
    ObjectCall const load = object_call(call.method, call.args);
    auto const argument = [&](std::size_t position, char const* name) {
        return load.args.is_array() && position < load.args.size() ? load.args[position]
                                                                   : load.kwargs.value(name, json());
    };
    return external_ids_in_load(argument(0, "fields"), argument(1, "data"));
}

ObjectCall object_call(std::string const& method, json const& args) {
    ObjectCall call{args.at(3), args.at(4)};
    if (method == "execute") {
        for (std::size_t i = 5; i < args.size(); ++i) call.args.push_back(args[i]);
        return call;
    }
    if (args.size() > 5) call.args = args[5];
    if (args.size() > 6 && args[6].is_object()) call.kwargs = args[6];
    return call;
}

}  // namespace zenoo_rpc::testing
