// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_ODOO_USERS_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_ODOO_USERS_HPP

#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

#include <string_view>

// Login with the rows of `res.users` and `res.users.apikeys`.

namespace zenoo_rpc::testing {

/// Returns the active user with the API key; 0 if there is none.
OdooId user_of_api_key(OdooStore const& store, std::string_view key);

/// Returns true if the user is active and `password` is their password or one of their API keys.
bool accepts_password(OdooStore const& store, OdooRecord const& user, nlohmann::json const& password);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_ODOO_USERS_HPP
