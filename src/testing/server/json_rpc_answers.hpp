// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_JSON_RPC_ANSWERS_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_JSON_RPC_ANSWERS_HPP

#include <zenoo_rpc/odoo/http_message.hpp>
#include <zenoo_rpc/testing/odoo_exception.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

namespace zenoo_rpc::testing {

/// Null is Python's None: the answer has no `result` then.
HttpResponse result_answer(nlohmann::json const& id, nlohmann::json const& result, OdooDialect dialect);

/// Status 200 and an error object.
HttpResponse error_answer(nlohmann::json const& id, OdooException const& error, OdooDialect dialect);

/// What is told of an exception, in an envelope or without.
nlohmann::json exception_data(OdooException const& error);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_JSON_RPC_ANSWERS_HPP
