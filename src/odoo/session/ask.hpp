// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_ASK_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_ASK_HPP

#include "odoo/session/model_call.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace zenoo_rpc::detail {

/// Calls a method that returns a T: JSON, or ids. What is thrown, is before anything is sent, and becomes the result.
template <class T>
asio::awaitable<Result<T>> ask(Way way, std::string model, std::string method, nlohmann::json args,
                               nlohmann::json kwargs, CallOptions options);

extern template asio::awaitable<Result<nlohmann::json>> ask(Way, std::string, std::string, nlohmann::json,
                                                            nlohmann::json, CallOptions);
extern template asio::awaitable<Result<std::vector<RecordId>>> ask(Way, std::string, std::string, nlohmann::json,
                                                                   nlohmann::json, CallOptions);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_ASK_HPP
