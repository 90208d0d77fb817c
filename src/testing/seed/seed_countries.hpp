// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SEED_SEED_COUNTRIES_HPP
#define ZENOO_RPC_SRC_TESTING_SEED_SEED_COUNTRIES_HPP

#include <zenoo_rpc/testing/odoo_store.hpp>

namespace zenoo_rpc::testing {

/// Adds every country with its code, its external id `base.xx` and the id it has in a real Odoo.
void add_countries(OdooStore& store);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SEED_SEED_COUNTRIES_HPP
