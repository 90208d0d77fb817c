// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_CLASSIFY_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_CLASSIFY_HPP

#include "odoo/wire/asked_call.hpp"

#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/odoo/http_message.hpp>

#include <boost/system/result.hpp>
#include <nlohmann/json.hpp>

namespace zenoo_rpc::detail {

/// Classifies a response of Odoo, or of a proxy in front of it. Returns the result (null for None, and for records that
/// were decoded into `call.rows`), or a failure with its class, delivery, the server's description and the requested
/// delay. The failure contains no traceback.
boost::system::result<nlohmann::json, Failure> classify(HttpResponse const& response, AskedCall const& call);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_CLASSIFY_HPP
