// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_NAMED_ARGUMENTS_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_NAMED_ARGUMENTS_HPP

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace zenoo_rpc::detail {

/// Returns all arguments by name, as JSON-2 requires, using the names in Odoo's known methods; the ids of the records
/// that a method works on are `ids`.
///
/// Throws `std::invalid_argument`, whose message begins with `name`, for a positional argument of unknown name, and for
/// an argument given twice.
nlohmann::json named_arguments(std::string const& name, std::string_view method, nlohmann::json const& args,
                               nlohmann::json const& kwargs);

struct PositionalArguments {
    nlohmann::json args;
    nlohmann::json kwargs;
};

/// Returns the arguments with `ids` given by name moved to the first position, where JSON-RPC requires them.
PositionalArguments positional_arguments(nlohmann::json const& args, nlohmann::json const& kwargs);

/// Returns true for `create` of a single record: JSON-2 returns a list of one id where JSON-RPC returns the id.
bool creates_one(std::string_view method, nlohmann::json const& args, nlohmann::json const& kwargs);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_NAMED_ARGUMENTS_HPP
