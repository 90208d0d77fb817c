// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_ASK_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_ASK_HPP

#include "odoo/session/model_call.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace zenoo_rpc::detail {

/// Calls a method that returns a T: JSON, or ids. Exceptions, which occur only before anything is sent, become errors.
template <class T>
asio::awaitable<Result<T>> ask(CallScope scope, std::string model, std::string method, nlohmann::json args,
                               nlohmann::json kwargs, CallOptions options);

extern template asio::awaitable<Result<nlohmann::json>> ask(CallScope, std::string, std::string, nlohmann::json,
                                                            nlohmann::json, CallOptions);
extern template asio::awaitable<Result<std::vector<RecordId>>> ask(CallScope, std::string, std::string, nlohmann::json,
                                                                   nlohmann::json, CallOptions);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_ASK_HPP
