// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_LOAD_PROBLEM_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_LOAD_PROBLEM_HPP

#include <zenoo_rpc/testing/odoo_model.hpp>

#include <nlohmann/json.hpp>

#include <functional>
#include <optional>
#include <string>

// One cell of an import: what can be wrong with it, and the words for yes and no.

namespace zenoo_rpc::testing {

/// What is wrong with a cell. `%(field)s` in the message stands for the field's label.
struct CellProblem {
    std::string message;
    nlohmann::json moreinfo{};
    bool warning = false;
    bool names_field = true;  ///< whether the message gets a `field_name` beside it
};

/// Thrown by a conversion, caught and reported per field: Python's ValueError.
struct RefusedCell {
    CellProblem problem;
};

using ReportProblem = std::function<void(OdooField const&, CellProblem const&)>;

/// Returns the text with the label in the place of `%(field)s`.
std::string about_field(std::string message, std::string const& label);

/// What an import takes for true and for false, in any letter case; empty if the word is neither.
std::optional<bool> boolean_word(std::string const& word);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_LOAD_PROBLEM_HPP
