// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_JSON_RPC_RESPONSES_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_JSON_RPC_RESPONSES_HPP

#include <zenoo_rpc/odoo/http_message.hpp>
#include <zenoo_rpc/testing/odoo_exception.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

namespace zenoo_rpc::testing {

/// Returns a response with `result`. Null is Python's None: the response then has no `result`.
HttpResponse result_response(nlohmann::json const& id, nlohmann::json const& result, OdooDialect dialect);

/// Returns a response with status 200 and an error object.
HttpResponse error_response(nlohmann::json const& id, OdooException const& error, OdooDialect dialect);

/// Returns the description of an exception, for JSON-RPC and JSON-2.
nlohmann::json exception_data(OdooException const& error);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_JSON_RPC_RESPONSES_HPP
