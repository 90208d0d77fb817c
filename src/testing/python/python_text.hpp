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

/// `repr(value)`, as Odoo's messages quote what a client sent.
std::string repr(nlohmann::json const& value);

/// `repr` of the list as a tuple: `('name', '=', 1)`, `(8,)`.
std::string repr_tuple(nlohmann::json const& list);

/// `str(value)`.
std::string str(nlohmann::json const& value);

/// `bool(value)`.
bool truth(nlohmann::json const& value);

/// `type(value).__name__`.
std::string_view type_name(nlohmann::json const& value);

/// What `int(text)` accepts; values beyond 64 bits are held at the limits.
std::optional<std::int64_t> parse_int(std::string_view text);

/// What `float(text)` accepts, but for nan and infinities, which JSON cannot carry back.
std::optional<double> parse_float(std::string_view text);

std::string_view strip(std::string_view text);
std::string lower(std::string_view text);  ///< ASCII letters only

}  // namespace zenoo_rpc::testing::python

#endif  // ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_TEXT_HPP
