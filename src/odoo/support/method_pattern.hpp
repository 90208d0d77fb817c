// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SUPPORT_METHOD_PATTERN_HPP
#define ZENOO_RPC_SRC_ODOO_SUPPORT_METHOD_PATTERN_HPP

#include <string_view>

namespace zenoo_rpc::detail {

/// True if `method` is what the pattern says: its name, or with `*` at the end a beginning of it.
constexpr bool fits(std::string_view pattern, std::string_view method) noexcept {
    if (!pattern.ends_with('*')) return pattern == method;
    pattern.remove_suffix(1);
    return method.starts_with(pattern);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SUPPORT_METHOD_PATTERN_HPP
