// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_ERRORS_HPP
#define ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_ERRORS_HPP

#include "testing/python/python_text.hpp"

#include <zenoo_rpc/testing/odoo_exception.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

// Exceptions of Python itself that are thrown in more than one place.

namespace zenoo_rpc::testing::python {

inline OdooException value_error(std::string const& message) { return {"builtins.ValueError", message}; }
inline OdooException type_error(std::string const& message) { return {"builtins.TypeError", message}; }

/// Returns the TypeError of `int(value)` for a value that is neither a number nor a text.
inline OdooException no_integer(nlohmann::json const& value) {
    return type_error("int() argument must be a string, a bytes-like object or a real number, not '"
                      + std::string{type_name(value)} + "'");
}
inline OdooException no_attribute(nlohmann::json const& value, std::string_view attribute) {
    return {"builtins.AttributeError",
            "'" + std::string{type_name(value)} + "' object has no attribute '" + std::string{attribute} + "'"};
}

/// Returns the error for a feature of Odoo that the simulator does not support.
inline OdooException not_simulated(std::string const& what) {
    return {"builtins.NotImplementedError", "not supported by the Odoo simulator: " + what};
}

/// Returns the text, or throws the AttributeError that Python throws for any other type.
inline std::string const& text_of(nlohmann::json const& value, std::string_view attribute) {
    if (value.is_string()) return value.get_ref<std::string const&>();
    throw no_attribute(value, attribute);
}

}  // namespace zenoo_rpc::testing::python

#endif  // ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_ERRORS_HPP
