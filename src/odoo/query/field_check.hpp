// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_QUERY_FIELD_CHECK_HPP
#define ZENOO_RPC_SRC_ODOO_QUERY_FIELD_CHECK_HPP

#include "odoo/session/model_call.hpp"

#include <nlohmann/json.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

// Whether a model has the fields that somebody names.

namespace zenoo_rpc::detail {

/// The fields of the model itself that a condition and an order name; of a path, its beginning.
std::vector<std::string> fields_named_in(nlohmann::json const& domain, std::string_view order);

/// `res.partner has no field "nmae"; did you mean name?`
std::string no_such_field(std::string_view model, std::string_view name, std::vector<std::string_view> const& known);

/// Asks the server, or what it has said of the model before. Throws `std::invalid_argument` for a name that it does
/// not have.
asio::awaitable<Result<void>> check_fields(Way way, std::string model, std::vector<std::string> names,
                                           CallOptions options);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_QUERY_FIELD_CHECK_HPP
