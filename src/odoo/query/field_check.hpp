// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_QUERY_FIELD_CHECK_HPP
#define ZENOO_RPC_SRC_ODOO_QUERY_FIELD_CHECK_HPP

#include "odoo/session/model_call.hpp"

#include <nlohmann/json.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

// Checks whether a model has the fields that a query names.

namespace zenoo_rpc::detail {

/// Returns the model's own fields that a condition and an order name; for a path, its first field.
std::vector<std::string> fields_named_in(nlohmann::json const& domain, std::string_view order);

/// Returns the message for an unknown field: `res.partner has no field "nmae"; did you mean name?`
std::string no_such_field(std::string_view model, std::string_view name, std::vector<std::string_view> const& known);

/// Compares names with the fields of the model, which are read from the server once per session. Throws
/// `std::invalid_argument` for an unknown name.
asio::awaitable<Result<void>> check_fields(CallScope scope, std::string model, std::vector<std::string> names,
                                           CallOptions options);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_QUERY_FIELD_CHECK_HPP
