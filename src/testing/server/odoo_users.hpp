// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_ODOO_USERS_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_ODOO_USERS_HPP

#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

#include <string_view>

// Who may log in: the rows of `res.users` and `res.users.apikeys`.

namespace zenoo_rpc::testing {

/// Returns the active user who has the API key; 0 if nobody has it.
OdooId user_of_api_key(OdooStore const& store, std::string_view key);

/// Whether the user is active, and this is the password or an API key of theirs.
bool accepts_password(OdooStore const& store, OdooRecord const& user, nlohmann::json const& password);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_ODOO_USERS_HPP
