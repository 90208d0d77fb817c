// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SEED_SEED_MODELS_HPP
#define ZENOO_RPC_SRC_TESTING_SEED_SEED_MODELS_HPP

#include <zenoo_rpc/testing/odoo_model.hpp>

// The models of a new Odoo.

namespace zenoo_rpc::testing {

OdooModel partner_model();
OdooModel partner_category_model();
OdooModel user_model();
OdooModel api_key_model();
OdooModel company_model();
OdooModel currency_model();
OdooModel country_model();
OdooModel country_state_model();

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SEED_SEED_MODELS_HPP
