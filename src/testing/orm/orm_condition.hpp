// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_CONDITION_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_CONDITION_HPP

#include "testing/orm/orm_domain.hpp"

#include <nlohmann/json.hpp>

namespace zenoo_rpc::testing {

/// One condition `[field, operator, value]` on a field of the model itself.
RecordMatcher condition(OdooEnvironment const& env, OdooModel const& model, OdooField const& field,
                        nlohmann::json const& item);

/// The ids a relational field holds, none, one or many.
nlohmann::json cell_of_relation(OdooStore const& store, OdooField const& field, OdooRecord const& record);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_CONDITION_HPP
