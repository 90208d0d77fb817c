// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SEED_SEED_METHODS_HPP
#define ZENOO_RPC_SRC_TESTING_SEED_SEED_METHODS_HPP

#include <zenoo_rpc/testing/odoo_model.hpp>

// Methods of individual models that a client needs.

namespace zenoo_rpc::testing {

/// Returns the method `ir.model.data.check_object_reference`.
OdooMethod check_object_reference();

/// Returns the method `res.users.context_get`.
OdooMethod context_get();

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SEED_SEED_METHODS_HPP
