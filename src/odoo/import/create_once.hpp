// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_IMPORT_CREATE_ONCE_HPP
#define ZENOO_RPC_SRC_ODOO_IMPORT_CREATE_ONCE_HPP

#include "odoo/import/import_row.hpp"
#include "odoo/session/model_call.hpp"

#include <zenoo_rpc/odoo/import_record.hpp>

#include <string>
#include <vector>

namespace zenoo_rpc::detail {

/// `name` is that of the call in texts and events.
asio::awaitable<Result<std::vector<RecordId>>> load_records(Way way, std::string model, std::string name,
                                                            WhenThere when_there, std::vector<ImportRecord> records,
                                                            CallOptions options);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_CREATE_ONCE_HPP
