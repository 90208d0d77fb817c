// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SEED_ODOO_SEED_HPP
#define ZENOO_RPC_SRC_TESTING_SEED_ODOO_SEED_HPP

#include <zenoo_rpc/testing/odoo_store.hpp>

#include <string>
#include <string_view>

// The parts `fresh_odoo19()` is made of.

namespace zenoo_rpc::testing {

OdooModel partner_model();
OdooModel partner_category_model();
OdooModel user_model();
OdooModel api_key_model();
OdooModel company_model();
OdooModel currency_model();
OdooModel country_model();
OdooModel country_state_model();

/// Every country with its code, its external id `base.xx` and the id it has in a real Odoo.
void add_countries(OdooStore& store);

/// Methods of `ir.model.data` and `res.users` that a client needs.
OdooMethod check_object_reference();
OdooMethod context_get();

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SEED_ODOO_SEED_HPP
