// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_RECORDS_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_RECORDS_HPP

#include "testing/orm/odoo_environment.hpp"

#include <nlohmann/json.hpp>

#include <vector>

// Creation, change and deletion of records, including the records in their x2many fields.

namespace zenoo_rpc::testing {

OdooId create_record(OdooEnvironment& env, OdooModel const& model, nlohmann::json const& values);
void write_records(OdooEnvironment& env, OdooModel const& model, std::vector<OdooId> const& ids,
                   nlohmann::json const& values);
void unlink_records(OdooEnvironment& env, OdooModel const& model, std::vector<OdooId> const& ids);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_RECORDS_HPP
