// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_LOAD_MESSAGES_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_LOAD_MESSAGES_HPP

#include <zenoo_rpc/odoo/odoo_error.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <map>
#include <string_view>
#include <vector>

namespace zenoo_rpc::detail {

/// Those messages of an answer of `load` that say why nothing was loaded.
std::vector<nlohmann::json> load_errors(nlohmann::json const& answer);

/// Which of the records these errors are about, and rightly so, each with those that say something of its own. Empty
/// if they name none.
std::map<std::size_t, std::vector<nlohmann::json>> blamed_records(std::vector<nlohmann::json> const& errors,
                                                                  std::size_t records);

/// The verdict on one record, or on a call where `record` is empty.
Failure load_refused(std::vector<nlohmann::json> const& errors, AskedCall const& call, std::string_view record);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_LOAD_MESSAGES_HPP
