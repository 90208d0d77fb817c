// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_SIGNATURE_HPP
#define ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_SIGNATURE_HPP

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc::testing::python {

struct Parameter {
    std::string_view name;
    bool required = false;
};

/// The parameters of a Python function, which refuses calls that do not fit with Python's TypeErrors.
struct Signature {
    std::string_view function;  ///< as the messages call it
    std::vector<Parameter> parameters;
    int implicit = 0;  ///< positional arguments the caller does not give, such as self

    /// By name; parameters that were not given are absent.
    nlohmann::json bind(nlohmann::json const& args, nlohmann::json const& kwargs) const;

    /// Throws if one of these is missing from what was bound.
    void require(nlohmann::json const& bound) const;
};

}  // namespace zenoo_rpc::testing::python

#endif  // ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_SIGNATURE_HPP
