// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_LOAD_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_LOAD_HPP

#include "testing/orm/odoo_environment.hpp"

#include <nlohmann/json.hpp>

namespace zenoo_rpc::testing {

/// Imports all rows or none, as Odoo does. Returns `{"ids": [...] or false, "messages": [...], "nextrow": 0}`.
nlohmann::json load_records(OdooEnvironment& env, OdooModel const& model, nlohmann::json const& fields,
                            nlohmann::json const& data);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_LOAD_HPP
