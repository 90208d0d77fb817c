// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_READ_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_READ_HPP

#include "testing/orm/odoo_environment.hpp"

#include <nlohmann/json.hpp>

#include <vector>

namespace zenoo_rpc::testing {

/// Returns the records as `read` does, `pairs` with a many2one as [id, name]. Records that do not exist are left out.
/// `fields` null or empty: all of them.
nlohmann::json read_records(OdooEnvironment const& env, OdooModel const& model, std::vector<OdooId> const& ids,
                            nlohmann::json const& fields, bool pairs = true);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_READ_HPP
