// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_LOAD_MESSAGES_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_LOAD_MESSAGES_HPP

#include <nlohmann/json.hpp>

#include <cstddef>
#include <map>
#include <vector>

namespace zenoo_rpc::detail {

/// Those messages of an answer of `load` that say why nothing was loaded.
std::vector<nlohmann::json> load_errors(nlohmann::json const& answer);

/// Which of the records these errors are about, and rightly so, each with those that say something of its own. Empty
/// if they name none.
std::map<std::size_t, std::vector<nlohmann::json>> blamed_records(std::vector<nlohmann::json> const& errors,
                                                                  std::size_t records);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_LOAD_MESSAGES_HPP
