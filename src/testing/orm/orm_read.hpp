// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_READ_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_READ_HPP

#include "testing/orm/odoo_environment.hpp"

#include <nlohmann/json.hpp>

#include <vector>

namespace zenoo_rpc::testing {

/// Returns the records as `read` does; with `pairs`, a many2one is [id, name]. Records that do not exist are left out.
/// If `fields` is null or empty, all fields are returned.
nlohmann::json read_records(OdooEnvironment const& env, OdooModel const& model, std::vector<OdooId> const& ids,
                            nlohmann::json const& fields, bool pairs = true);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_READ_HPP
