// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_FRESH_ODOO19_HPP
#define ZENOO_RPC_TESTING_FRESH_ODOO19_HPP

#include <zenoo_rpc/testing/odoo_store.hpp>

namespace zenoo_rpc::testing {

/// Returns a new database with the module contacts: res.partner, countries and states, currencies, one company, and the
/// users `__system__` (1) and `admin` (2, password "admin", API key "admin-api-key"). Add keys as rows of
/// `res.users.apikeys`: `name`, `user_id`, `key`.
OdooStore fresh_odoo19();

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_FRESH_ODOO19_HPP
