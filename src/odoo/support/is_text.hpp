// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SUPPORT_IS_TEXT_HPP
#define ZENOO_RPC_SRC_ODOO_SUPPORT_IS_TEXT_HPP

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace zenoo_rpc::detail {

/// What `value == text` means, which makes a value of the text and ends the program if there is no memory for it.
inline bool is_text(nlohmann::json const& value, std::string_view text) {
    return value.is_string() && value.get_ref<std::string const&>() == text;
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SUPPORT_IS_TEXT_HPP
