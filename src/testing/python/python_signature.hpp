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

/// The signature of a Python function. Calls that do not match it throw Python's TypeErrors.
struct Signature {
    std::string_view function;  ///< name in messages
    std::vector<Parameter> parameters;
    int implicit = 0;  ///< positional arguments not passed by the caller, such as self

    /// Returns the arguments by name, without those that were not passed.
    nlohmann::json bind(nlohmann::json const& args, nlohmann::json const& kwargs) const;

    /// Throws if a required parameter is missing from `bound`.
    void require(nlohmann::json const& bound) const;
};

}  // namespace zenoo_rpc::testing::python

#endif  // ZENOO_RPC_SRC_TESTING_PYTHON_PYTHON_SIGNATURE_HPP
