// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_HIERARCHY_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_HIERARCHY_HPP

#include "testing/orm/orm_condition.hpp"

#include <string_view>

namespace zenoo_rpc::testing {

/// `child_of` or `parent_of`: the field refers to one of the records that are meant, or to one below (above) it.
///
/// Of a many2one to its own model Odoo takes the record itself, and the field for what leads to its parent.
RecordMatcher in_hierarchy(OdooEnvironment const& env, OdooModel const& model, OdooField const& field,
                           nlohmann::json const& item);

bool is_hierarchical(std::string_view op) noexcept;

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_HIERARCHY_HPP
