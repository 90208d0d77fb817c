// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_LOAD_CELLS_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_LOAD_CELLS_HPP

#include "testing/orm/load_rows.hpp"
#include "testing/orm/odoo_environment.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// What an import takes for true and for false, in any letter case; empty if the word is neither.
std::optional<bool> boolean_word(std::string const& word);

/// The text, or the AttributeError of Python code that took the value for one.
std::string const& text_of(nlohmann::json const& value, std::string_view attribute);

/// Makes values for `create` out of the texts of an import, field by field.
///
/// What no conversion foresees (a boolean cell that is no text, ...) is thrown and ends the whole call, as in Odoo.
class CellConverter {
public:
    using Report = std::function<void(OdooField const&, CellProblem const&)>;
    /// Called before a reference is looked up that an earlier row of the same call may have made.
    using Flush = std::function<void(std::string const& external_id, std::string const& model)>;

    CellConverter(OdooEnvironment& env, Flush flush);

    /// Fields whose cell is refused are reported and missing from the result.
    nlohmann::json convert(OdooModel const& model, ImportRecord const& record, Report const& report);

private:
    nlohmann::json convert_cell(OdooModel const& model, OdooField const& field, ImportCell const& cell,
                                Report const& report);
    nlohmann::json to_date(OdooField const& field, nlohmann::json const& value);
    nlohmann::json to_many2one(OdooField const& field, ImportCell const& cell, Report const& report);
    nlohmann::json to_many2many(OdooField const& field, ImportCell const& cell, Report const& report);
    nlohmann::json to_one2many(OdooField const& field, ImportCell const& cell, Report const& report);
    nlohmann::json find_reference(OdooField const& field, std::string const& by, nlohmann::json const& value,
                                  Report const& report);
    std::optional<OdooId> find_by_external_id(OdooField const& field, std::string const& external_id);
    std::optional<OdooId> find_by_name(OdooField const& field, nlohmann::json const& name, Report const& report);
    void refuse_time_zones() const;

    OdooEnvironment& env_;
    Flush flush_;
};

/// The text with the label in the place of `%(field)s`.
std::string about_field(std::string message, std::string const& label);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_LOAD_CELLS_HPP
