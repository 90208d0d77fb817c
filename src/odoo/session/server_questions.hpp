// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_SERVER_QUESTIONS_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_SERVER_QUESTIONS_HPP

#include "odoo/session/client_core.hpp"

#include <zenoo_rpc/odoo/client_options.hpp>

#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <vector>

// What can be asked of a server without a login. Whoever calls must see to it that `core` outlives the question.

namespace zenoo_rpc::detail {

/// A call that does no harm.
Call question(ClientCore const& core, std::string name, std::string method, Envelope envelope);

/// What was chosen; else asked once in the life of a client, whatever comes of it.
asio::awaitable<Result<Protocol>> find_protocol(ClientCore& core);

asio::awaitable<Result<nlohmann::json>> ask_version(std::shared_ptr<ClientCore> core);
asio::awaitable<Result<std::vector<std::string>>> list_databases(std::shared_ptr<ClientCore> core);
asio::awaitable<Result<ServerHealth>> ask_health(std::shared_ptr<ClientCore> core);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_SERVER_QUESTIONS_HPP
