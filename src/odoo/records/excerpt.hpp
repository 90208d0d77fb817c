// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_RECORDS_EXCERPT_HPP
#define ZENOO_RPC_SRC_ODOO_RECORDS_EXCERPT_HPP

#include <nlohmann/json.hpp>

#include <cmath>
#include <string>

namespace zenoo_rpc::detail {

/// Describes a value for an error message: short text and numbers themselves, otherwise the type of the value.
inline std::string excerpt_of(nlohmann::json const& value) {
    using nlohmann::json;
    if (value.is_array()) return "a list";
    if (value.is_object()) return "an object";
    if (value.is_number_float() && !std::isfinite(value.get<double>())) return std::to_string(value.get<double>());
    if (value.is_string() && value.get_ref<std::string const&>().size() > 40) {
        return "a string of " + std::to_string(value.get_ref<std::string const&>().size()) + " bytes";
    }
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_RECORDS_EXCERPT_HPP
