// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_TYPED_RESPONSE_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_TYPED_RESPONSE_HPP

#include "odoo/support/error_info.hpp"

#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/odoo/record_id.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <concepts>
#include <string>
#include <type_traits>
#include <vector>

namespace zenoo_rpc::detail {

template <class T>
bool is_of_type(nlohmann::json const& value) {
    auto const is_id = [](nlohmann::json const& each) { return each.is_number_integer(); };
    if constexpr (std::same_as<T, RecordId>) return is_id(value);
    if constexpr (std::same_as<T, std::vector<RecordId>>) return value.is_array() && std::ranges::all_of(value, is_id);
    return std::is_void_v<T>;
}

inline Failure unexpected_response(std::string const& call) {
    return make_failure(
        {.code = Errc::protocol_error, .what = call + ": unexpected response: not a value that this method returns"});
}

/// Check for `Call::expects`; null for JSON, which is not checked.
template <class T>
inline constexpr bool (*expectation_of)(nlohmann::json const&) = std::same_as<T, nlohmann::json> ? nullptr
                                                                                                 : &is_of_type<T>;

/// Converts the result of a method to the type that it always returns.
template <class T>
Result<T> typed(std::string const& call, Result<nlohmann::json> result) {
    if constexpr (std::same_as<T, nlohmann::json>) {
        return result;
    } else {
        if (!result) return result.error();
        if (!is_of_type<T>(*result)) return unexpected_response(call);
        if constexpr (std::is_void_v<T>) {
            return Result<void>{};
        } else {
            return result->template get<T>();
        }
    }
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_TYPED_RESPONSE_HPP
