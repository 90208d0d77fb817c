// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_SCALAR_RESPONSE_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_SCALAR_RESPONSE_HPP

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace zenoo_rpc::detail {

/// Returns the result in a valid response to the request of that id, if it is an integer, a boolean or null: a fast
/// path for most responses without records. Returns nullopt for any other response, which must be parsed as a whole.
std::optional<nlohmann::json> scalar_response(std::string_view body, std::int64_t id);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_SCALAR_RESPONSE_HPP
