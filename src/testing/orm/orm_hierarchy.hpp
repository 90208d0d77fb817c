// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_HIERARCHY_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_HIERARCHY_HPP

#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

#include <set>
#include <string>
#include <string_view>

namespace zenoo_rpc::testing {

bool is_hierarchical(std::string_view op) noexcept;

/// Returns the records that `value` specifies, by id or by part of the name, and those below (`child_of`) or above
/// (`parent_of`) them in the hierarchy of the field `parent`.
std::set<OdooId> hierarchy_of(OdooStore const& store, OdooModel const& model, std::string const& parent,
                              std::string_view op, nlohmann::json const& value);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_HIERARCHY_HPP
