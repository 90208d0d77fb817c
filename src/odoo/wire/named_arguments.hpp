// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_NAMED_ARGUMENTS_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_NAMED_ARGUMENTS_HPP

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace zenoo_rpc::detail {

/// Positional arguments by the names that Odoo's known methods have for them, as JSON-2 wants all of them; the ids of
/// the records that a method works on are `ids`. `name` begins the texts of exceptions.
///
/// Throws `std::invalid_argument` for a positional argument whose name nobody knows.
nlohmann::json named_arguments(std::string const& name, std::string_view method, nlohmann::json const& args,
                               nlohmann::json const& kwargs);

struct PositionalArguments {
    nlohmann::json args;
    nlohmann::json kwargs;
};

/// The other way round: `ids` given by name come first, where JSON-RPC wants them.
PositionalArguments positional_arguments(nlohmann::json const& args, nlohmann::json const& kwargs);

/// True if JSON-2 answers a list of one where JSON-RPC answers the one: `create` of a single record.
bool creates_one(std::string_view method, nlohmann::json const& args, nlohmann::json const& kwargs);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_NAMED_ARGUMENTS_HPP
