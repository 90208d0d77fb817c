// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_DELETE_RECORDS_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_DELETE_RECORDS_HPP

#include "odoo/session/model_call.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace zenoo_rpc::detail {

/// Calls `unlink`. If a retry finds records missing, checks whether an earlier attempt has deleted them all.
asio::awaitable<Result<nlohmann::json>> delete_records(CallScope scope, std::string model, nlohmann::json args,
                                                       nlohmann::json kwargs, CallOptions options);

/// Deletes the records with these ids. Throws nothing.
asio::awaitable<Result<void>> delete_records(CallScope scope, std::string model, RecordIds ids, CallOptions options);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_DELETE_RECORDS_HPP
