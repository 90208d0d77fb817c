// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_DISPLAY_NAME_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_DISPLAY_NAME_HPP

#include <zenoo_rpc/testing/odoo_store.hpp>

#include <string>

namespace zenoo_rpc::testing {

/// How a record is called where another one refers to it.
std::string display_name(OdooStore const& store, OdooModel const& model, OdooRecord const& record);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_DISPLAY_NAME_HPP
