// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_TEXT_HPP
#define ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_TEXT_HPP

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc::testing::python {

/// Returns `repr(value)`, the form in which Odoo's messages quote values.
std::string repr(nlohmann::json const& value);

/// Returns the `repr` of the list as a tuple: `('name', '=', 1)`, `(8,)`.
std::string repr_tuple(nlohmann::json const& list);

/// Returns `str(value)`.
std::string str(nlohmann::json const& value);

/// Returns `bool(value)`.
bool truth(nlohmann::json const& value);

/// Returns `type(value).__name__`.
std::string_view type_name(nlohmann::json const& value);

/// Returns `int(text)`, nullopt if it is invalid; values beyond 64 bits are clamped.
std::optional<std::int64_t> parse_int(std::string_view text);

/// Returns `float(text)`, nullopt if it is invalid. NaN and infinities count as invalid: JSON cannot represent them.
std::optional<double> parse_float(std::string_view text);

std::string_view strip(std::string_view text);
std::string lower(std::string_view text);  ///< ASCII letters only

}  // namespace zenoo_rpc::testing::python

#endif  // ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_TEXT_HPP
