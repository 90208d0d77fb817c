// SPDX-License-Identifier: BSL-1.0
#include "testing/server/json_rpc_responses.hpp"

#include "testing/python/python_json.hpp"
#include "testing/server/http_responses.hpp"

#include <string>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

std::string head(json const& id) { return R"({"jsonrpc": "2.0", "id": )" + python::dumps(id); }

}  // namespace

HttpResponse result_response(json const& id, json const& result, OdooDialect dialect) {
    std::string const tail = result.is_null() ? "}" : ", \"result\": " + python::dumps(result) + "}";
    HttpResponse response = json_response(head(id) + tail);
    if (dialect == OdooDialect::odoo19) response.headers.add("X-Content-Type-Options", "nosniff");
    return response;
}

HttpResponse error_response(json const& id, OdooException const& error, OdooDialect dialect) {
    json const body = {{"code", dialect == OdooDialect::odoo16 ? 200 : 0},
                       {"message", "Odoo Server Error"},
                       {"data", exception_data(error)}};
    return json_response(head(id) + ", \"error\": " + python::dumps(body) + "}");
}

json exception_data(OdooException const& error) {
    return {
        {"name", error.name()},
        {"message", error.what()},
        {"arguments", error.arguments()},
        {"context", json::object()},
        {"debug", "Traceback (most recent call last):\n  (simulated)\n" + error.name() + ": " + error.what() + "\n"}};
}

}  // namespace zenoo_rpc::testing
