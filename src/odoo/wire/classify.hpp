// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_CLASSIFY_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_CLASSIFY_HPP

#include "odoo/wire/asked_call.hpp"

#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/odoo/http_message.hpp>

#include <boost/system/result.hpp>
#include <nlohmann/json.hpp>

namespace zenoo_rpc::detail {

/// Says what a response of Odoo's means, or one that a proxy gives in its place: the result (null for None), or a
/// failure with class, delivery, what the server said of it, and when to come again. No traceback gets through. Of
/// records that went into rows nothing is left but null.
boost::system::result<nlohmann::json, Failure> classify(HttpResponse const& response, AskedCall const& call);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_CLASSIFY_HPP
