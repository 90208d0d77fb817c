// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_JSON_HPP
#define ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_JSON_HPP

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace zenoo_rpc::testing::python {

/// Parses JSON as leniently as Odoo does: invalid UTF-8 is replaced, NaN and infinities become null. Returns nullopt if
/// the text is not JSON.
std::optional<nlohmann::json> loads(std::string_view text);

/// Serializes to JSON as Odoo does: non-ASCII characters are escaped.
std::string dumps(nlohmann::json const& value);

}  // namespace zenoo_rpc::testing::python

#endif  // ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_JSON_HPP
