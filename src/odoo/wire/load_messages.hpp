// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_LOAD_MESSAGES_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_LOAD_MESSAGES_HPP

#include <nlohmann/json.hpp>

#include <cstddef>
#include <map>
#include <vector>

namespace zenoo_rpc::detail {

/// Returns the error messages in a result of `load`: why nothing was loaded.
std::vector<nlohmann::json> load_errors(nlohmann::json const& result);

/// Returns the errors by the index of the record that they concern, without repetitions and without errors that blame
/// the wrong record. Empty if they name no record.
std::map<std::size_t, std::vector<nlohmann::json>> blamed_records(std::vector<nlohmann::json> const& errors,
                                                                  std::size_t records);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_LOAD_MESSAGES_HPP
