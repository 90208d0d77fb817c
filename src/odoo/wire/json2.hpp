// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_JSON2_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_JSON2_HPP

#include "odoo/wire/json_rpc.hpp"

#include <string_view>

namespace zenoo_rpc::json2 {

/// What the body of an answer says that has no envelope: the result where the status is one of success, else the error.
json_rpc::Answer answer(std::string_view body, bool succeeded);

}  // namespace zenoo_rpc::json2

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_JSON2_HPP
