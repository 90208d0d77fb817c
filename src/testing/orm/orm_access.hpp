// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_ACCESS_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_ACCESS_HPP

#include "testing/orm/odoo_environment.hpp"

namespace zenoo_rpc::testing {

enum class Access { read, create, modify, remove };

/// Throws Odoo's AccessError if the user may not.
void check_access(OdooEnvironment const& env, OdooModel const& model, Access access);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_ACCESS_HPP
