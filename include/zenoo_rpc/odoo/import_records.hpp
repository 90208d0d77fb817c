// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_IMPORT_RECORDS_HPP
#define ZENOO_RPC_ODOO_IMPORT_RECORDS_HPP

#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/odoo/import_options.hpp>
#include <zenoo_rpc/odoo/record_source.hpp>

#include <string>
#include <utility>

namespace zenoo_rpc {

/// Puts any number of records into a model, each exactly once, in constant memory: a few batches at a time.
///
/// A record that is refused, by the library or by Odoo, is told to `on_outcome` with the reason, and keeps no other
/// from getting in. Doing it all again doubles nothing. Each call is repeated as the client's retry manager says; when
/// that gives up and the server is not well, or the client is not let in, the import ends with that failure, and the
/// checkpoint says where to go on.
///
/// Of two records with one external id the first to arrive wins, and the other counts as imported too; if both are in
/// one batch, the second is told as refused. Cancellation: any kind ends it at once.
inline asio::awaitable<ImportReport> import_records(ZenooClient const& client, std::string model, RecordSource records,
                                                    ImportOptions options = {}) {
    return detail::or_throw(client.results().import_records(std::move(model), std::move(records), std::move(options)));
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_IMPORT_RECORDS_HPP
