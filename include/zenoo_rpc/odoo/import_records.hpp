// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_IMPORT_RECORDS_HPP
#define ZENOO_RPC_ODOO_IMPORT_RECORDS_HPP

#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/odoo/import_options.hpp>
#include <zenoo_rpc/odoo/record_source.hpp>

#include <string>
#include <utility>

namespace zenoo_rpc {

/// Imports any number of records into a model, each exactly once, in constant memory: a few batches.
///
/// A record that is rejected, by the library or by Odoo, is reported to `on_outcome` with the reason, and does not
/// affect the others. Running the import again creates no duplicates. Each call is retried as the client's retry
/// manager says; when that gives up because the server is unavailable, or the login is rejected, the import ends with
/// that failure, and the checkpoint says where to continue.
///
/// If two records have one external id, the first to arrive wins, and the other counts as imported too; if both are in
/// one batch, the second is reported as rejected. Cancellation: any type ends the import at once.
inline asio::awaitable<ImportReport> import_records(ZenooClient const& client, std::string model, RecordSource records,
                                                    ImportOptions options = {}) {
    return detail::or_throw(client.results().import_records(std::move(model), std::move(records), std::move(options)));
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_IMPORT_RECORDS_HPP
