// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_JSON_RPC_ANSWERS_HPP
#define ZENOO_RPC_TESTING_JSON_RPC_ANSWERS_HPP

#include <zenoo_rpc/odoo/http_message.hpp>
#include <zenoo_rpc/testing/odoo_exception.hpp>

#include <nlohmann/json.hpp>

namespace zenoo_rpc::testing {

/// Null is Python's None: the answer has no `result` then.
HttpResponse result_answer(nlohmann::json const& id, nlohmann::json const& result);

/// Status 200 and an error object, as Odoo 19 writes it.
HttpResponse error_answer(nlohmann::json const& id, OdooException const& error);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_JSON_RPC_ANSWERS_HPP
