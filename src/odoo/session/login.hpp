// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_LOGIN_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_LOGIN_HPP

#include "odoo/session/client_core.hpp"

#include <memory>

namespace zenoo_rpc::detail {

/// Kind of secret to log in with: not every protocol accepts both.
enum class SecretKind { password, api_key };

/// Logs in, by the protocol that was chosen or that the server speaks, and returns the user's id. All calls that begin
/// later are made in the user's name.
asio::awaitable<Result<RecordId>> log_in(std::shared_ptr<ClientCore> core, std::shared_ptr<Credentials> who,
                                         SecretKind kind);

/// Logs in again for a session that has expired, with one request. Lifetime: `core` must outlive it.
asio::awaitable<Result<std::shared_ptr<Credentials const>>> log_in_again(ClientCore& core,
                                                                         std::shared_ptr<Credentials const> expired);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_LOGIN_HPP
