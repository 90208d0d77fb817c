// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_RECORD_CALL_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_RECORD_CALL_HPP

#include "odoo/session/model_call.hpp"

#include <optional>
#include <string>

// Calls that write one record. They are cheap, since many are made and Odoo does little work for each.

namespace zenoo_rpc::detail {

/// Creates a record, or writes into those of `ids`. `Return` is a `Result`, or its value: then failures are thrown,
/// without a second coroutine.
template <class Return>
asio::awaitable<Return> send_record(CallScope scope, std::string model, std::optional<RecordIds> ids, Values record,
                                    CallOptions options);

extern template asio::awaitable<RecordId> send_record(CallScope, std::string, std::optional<RecordIds>, Values,
                                                      CallOptions);
extern template asio::awaitable<Result<RecordId>> send_record(CallScope, std::string, std::optional<RecordIds>, Values,
                                                              CallOptions);
extern template asio::awaitable<void> send_record(CallScope, std::string, std::optional<RecordIds>, Values,
                                                  CallOptions);
extern template asio::awaitable<Result<void>> send_record(CallScope, std::string, std::optional<RecordIds>, Values,
                                                          CallOptions);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_RECORD_CALL_HPP
