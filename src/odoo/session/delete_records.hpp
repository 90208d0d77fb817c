// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_DELETE_RECORDS_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_DELETE_RECORDS_HPP

#include "odoo/session/model_call.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace zenoo_rpc::detail {

/// Calls `unlink`, of which it is known what it finds where it has been executed already.
asio::awaitable<Result<nlohmann::json>> delete_records(Way way, std::string model, nlohmann::json args,
                                                       nlohmann::json kwargs, CallOptions options);

/// Deletes the records of these ids. Nothing is thrown.
asio::awaitable<Result<void>> delete_records(Way way, std::string model, RecordIds ids, CallOptions options);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_DELETE_RECORDS_HPP
