// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_IMPORT_IMPORT_JOB_HPP
#define ZENOO_RPC_SRC_ODOO_IMPORT_IMPORT_JOB_HPP

#include "odoo/session/model_call.hpp"

#include <zenoo_rpc/odoo/import_options.hpp>
#include <zenoo_rpc/odoo/record_source.hpp>

#include <string>

namespace zenoo_rpc::detail {

/// Imports records in concurrent batches. Throws `std::invalid_argument` for unusable options.
asio::awaitable<Result<ImportReport>> run_import(CallScope scope, std::string model, RecordSource records,
                                                 ImportOptions options);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_IMPORT_JOB_HPP
