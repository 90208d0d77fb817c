// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_RECORDS_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_RECORDS_HPP

#include "testing/orm/odoo_environment.hpp"

#include <nlohmann/json.hpp>

#include <vector>

namespace zenoo_rpc::testing {

OdooId create_record(OdooEnvironment& env, OdooModel const& model, nlohmann::json const& values);
void write_records(OdooEnvironment& env, OdooModel const& model, std::vector<OdooId> const& ids,
                   nlohmann::json const& values);
void unlink_records(OdooEnvironment& env, OdooModel const& model, std::vector<OdooId> const& ids);

/// Records that do not exist are left out. `fields` null or empty: all of them.
nlohmann::json read_records(OdooEnvironment const& env, OdooModel const& model, std::vector<OdooId> const& ids,
                            nlohmann::json const& fields, bool pairs = true);

/// Ids as the wire gives them: one, a list, or something empty.
std::vector<OdooId> ids_from(nlohmann::json const& value);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_RECORDS_HPP
