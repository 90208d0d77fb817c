// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_REPEATABILITY_HPP
#define ZENOO_RPC_ODOO_REPEATABILITY_HPP

#include <nlohmann/json_fwd.hpp>

#include <string_view>

namespace zenoo_rpc {

/// True if executing the method of that name twice does what executing it once does: what reads, `write`, `unlink`.
///
/// Of any other method nothing is known, so it is not. A `write` that creates lines (`[0, 0, values]`) is not either.
bool is_repeatable(std::string_view method, nlohmann::json const& args, nlohmann::json const& kwargs);

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_REPEATABILITY_HPP
