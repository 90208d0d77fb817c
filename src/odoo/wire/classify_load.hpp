// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_CLASSIFY_LOAD_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_CLASSIFY_LOAD_HPP

#include "odoo/wire/asked_call.hpp"

#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/odoo/record_id.hpp>

#include <boost/system/result.hpp>
#include <nlohmann/json.hpp>

#include <string_view>
#include <vector>

namespace zenoo_rpc::detail {

/// Classifies a result of Odoo's `load`, which reports errors in its result: returns the ids in the order of the
/// records, or a failure. `load` is all or nothing, so a failed one was rolled back.
///
/// Errors: `ConcurrencyError` for a conflict with another transaction, `ProtocolError` for a result that is not that of
/// `load`, else `ValidationError` that names the field and the record: `record`, or its index if that is empty.
/// `arguments()` has all messages of the server.
boost::system::result<std::vector<RecordId>, Failure> classify_load(nlohmann::json const& result, AskedCall const& call,
                                                                    std::string_view record = {});

/// Returns the failure for these `load_errors`: of one record, or of the whole call if `record` is empty.
Failure load_refused(std::vector<nlohmann::json> const& errors, AskedCall const& call, std::string_view record);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_CLASSIFY_LOAD_HPP
