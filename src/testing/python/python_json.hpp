// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_JSON_HPP
#define ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_JSON_HPP

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace zenoo_rpc::testing::python {

/// Reads JSON as leniently as Odoo does: invalid UTF-8 is replaced, NaN and infinities pass, as null. Empty if it is
/// none.
std::optional<nlohmann::json> loads(std::string_view text);

/// Writes it as Odoo does: all that is not ASCII escaped.
std::string dumps(nlohmann::json const& value);

}  // namespace zenoo_rpc::testing::python

#endif  // ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_JSON_HPP
