// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_LOAD_PROBLEM_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_LOAD_PROBLEM_HPP

#include <zenoo_rpc/testing/odoo_model.hpp>

#include <nlohmann/json.hpp>

#include <functional>
#include <optional>
#include <string>

// Problems with a cell of an import, and the words for true and false.

namespace zenoo_rpc::testing {

/// A problem with a cell. `%(field)s` in the message stands for the field's label.
struct CellProblem {
    std::string message;
    nlohmann::json moreinfo{};
    bool warning = false;
    bool names_field = true;  ///< true if the message includes `field_name`
};

/// Thrown by a conversion, caught and reported per field, like Odoo's ValueError.
struct RefusedCell {
    CellProblem problem;
};

using ReportProblem = std::function<void(OdooField const&, CellProblem const&)>;

/// Returns the message with the label in place of `%(field)s`.
std::string about_field(std::string message, std::string const& label);

/// Returns the value of a word that an import accepts as a boolean, in any letter case; nullopt for any other word.
std::optional<bool> boolean_word(std::string const& word);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_LOAD_PROBLEM_HPP
