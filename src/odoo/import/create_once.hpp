// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_IMPORT_CREATE_ONCE_HPP
#define ZENOO_RPC_SRC_ODOO_IMPORT_CREATE_ONCE_HPP

#include "odoo/import/import_row.hpp"
#include "odoo/session/model_call.hpp"

#include <zenoo_rpc/odoo/import_record.hpp>

#include <string>
#include <vector>

namespace zenoo_rpc::detail {

/// Creates the records that do not exist yet and keeps (`create_once`) or updates (`upsert`) the others. Returns the
/// ids in the order of the records; throws nothing.
asio::awaitable<Result<std::vector<RecordId>>> load_records(CallScope scope, std::string model, IfExists if_exists,
                                                            std::vector<ImportRecord> records, CallOptions options);
/// Creates one record, or keeps or updates the existing one, and returns its id. Throws nothing.
asio::awaitable<Result<RecordId>> load_record(CallScope scope, std::string model, IfExists if_exists,
                                              ImportRecord record, CallOptions options);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_CREATE_ONCE_HPP
