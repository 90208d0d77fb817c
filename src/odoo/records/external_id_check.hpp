// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_RECORDS_EXTERNAL_ID_CHECK_HPP
#define ZENOO_RPC_SRC_ODOO_RECORDS_EXTERNAL_ID_CHECK_HPP

#include <string>
#include <string_view>

namespace zenoo_rpc::detail {

/// Returns the reason why the parts do not form a valid external id; empty if they do.
std::string external_id_error(std::string_view module, std::string_view name);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_RECORDS_EXTERNAL_ID_CHECK_HPP
