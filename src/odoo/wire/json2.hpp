// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_JSON2_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_JSON2_HPP

#include "odoo/wire/json_rpc.hpp"

#include <string_view>

namespace zenoo_rpc::json2 {

/// Reads the body of a response without an envelope: the result if the status `succeeded`, else the error.
json_rpc::Response parse_response(std::string_view body, bool succeeded);

}  // namespace zenoo_rpc::json2

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_JSON2_HPP
