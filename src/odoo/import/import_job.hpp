// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_IMPORT_IMPORT_JOB_HPP
#define ZENOO_RPC_SRC_ODOO_IMPORT_IMPORT_JOB_HPP

#include "odoo/session/model_call.hpp"

#include <zenoo_rpc/odoo/import_options.hpp>
#include <zenoo_rpc/odoo/record_source.hpp>

#include <string>

namespace zenoo_rpc::detail {

asio::awaitable<Result<ImportReport>> run_import(Way way, std::string model, RecordSource records,
                                                 ImportOptions options);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_IMPORT_JOB_HPP
