// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_COMMANDS_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_COMMANDS_HPP

#include "testing/orm/odoo_environment.hpp"

#include <nlohmann/json.hpp>

// The commands that x2many fields are written with: [0,0,values] create, [1,id,values] update, [2,id] delete,
// [3,id] unlink, [4,id] link, [5] clear, [6,0,ids] set.

namespace zenoo_rpc::testing {

/// The ids a many2many holds after these commands; creates and changes related records on the way.
nlohmann::json apply_many2many(OdooEnvironment& env, OdooField const& field, nlohmann::json const& before,
                               nlohmann::json const& commands);

void apply_one2many(OdooEnvironment& env, OdooField const& field, OdooId parent, nlohmann::json const& commands);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_COMMANDS_HPP
