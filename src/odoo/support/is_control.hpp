// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SUPPORT_IS_CONTROL_HPP
#define ZENOO_RPC_SRC_ODOO_SUPPORT_IS_CONTROL_HPP

namespace zenoo_rpc::detail {

/// True for what would end a line, or hide in it.
constexpr bool is_control(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SUPPORT_IS_CONTROL_HPP
