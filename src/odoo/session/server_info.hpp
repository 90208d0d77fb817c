// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_SERVER_INFO_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_SERVER_INFO_HPP

#include "odoo/session/client_core.hpp"

#include <zenoo_rpc/odoo/client_options.hpp>

#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <vector>

// Calls that need no login. Lifetime: `core` must outlive them.

namespace zenoo_rpc::detail {

/// Creates an idempotent call.
Call server_call(ClientCore const& core, std::string name, std::string method, Envelope envelope);

/// Returns the protocol that was chosen; else asks the server until it responds, and keeps the result.
asio::awaitable<Result<Protocol>> find_protocol(ClientCore& core);

asio::awaitable<Result<nlohmann::json>> ask_version(std::shared_ptr<ClientCore> core);
asio::awaitable<Result<std::vector<std::string>>> list_databases(std::shared_ptr<ClientCore> core);
asio::awaitable<Result<ServerHealth>> ask_health(std::shared_ptr<ClientCore> core);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_SERVER_INFO_HPP
