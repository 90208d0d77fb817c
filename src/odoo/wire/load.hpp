// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_LOAD_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_LOAD_HPP

#include "odoo/wire/asked_call.hpp"

#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/odoo/record_id.hpp>

#include <boost/system/result.hpp>
#include <nlohmann/json.hpp>

#include <string_view>
#include <vector>

namespace zenoo_rpc::detail {

/// Says what a result of Odoo's `load` means, which is no error even where nothing was loaded: the ids in the order of
/// the records, or why there are none. It is all or nothing, so a failure was rolled back.
///
/// A failure is a `ConcurrencyError` if another transaction was in the way, else a `ValidationError` that names field
/// and record: `record`, or where that is empty the index of the record. `arguments()` has all that the server said.
boost::system::result<std::vector<RecordId>, Failure> classify_load(nlohmann::json const& result, AskedCall const& call,
                                                                    std::string_view record = {});

/// Returns the failure that these `load_errors` are, of one record, or of the call where `record` is empty.
Failure load_refused(std::vector<nlohmann::json> const& errors, AskedCall const& call, std::string_view record);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_LOAD_HPP
