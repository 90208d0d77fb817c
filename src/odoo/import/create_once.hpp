// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_IMPORT_CREATE_ONCE_HPP
#define ZENOO_RPC_SRC_ODOO_IMPORT_CREATE_ONCE_HPP

#include "odoo/import/import_row.hpp"
#include "odoo/session/model_call.hpp"

#include <zenoo_rpc/odoo/import_record.hpp>

#include <string>
#include <vector>

namespace zenoo_rpc::detail {

/// Creates records that may be there already, `create_once`, or writes into those that are, `upsert`: the ids in the
/// order of the records. Nothing is thrown.
asio::awaitable<Result<std::vector<RecordId>>> load_records(Way way, std::string model, WhenThere when_there,
                                                            std::vector<ImportRecord> records, CallOptions options);
asio::awaitable<Result<RecordId>> load_record(Way way, std::string model, WhenThere when_there, ImportRecord record,
                                              CallOptions options);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_CREATE_ONCE_HPP
