// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_LOAD_CELLS_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_LOAD_CELLS_HPP

#include "testing/orm/load_problem.hpp"
#include "testing/orm/load_rows.hpp"
#include "testing/orm/odoo_environment.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>

namespace zenoo_rpc::testing {

/// Converts the cells of an import to values for `create`, field by field.
///
/// Cells that no conversion expects (a boolean cell that is not text, ...) throw and end the whole call, as in Odoo.
class CellConverter {
public:
    /// Returns the id of the record that a cell refers to, or false for none: `ReferenceFinder::find`.
    using FindReference = std::function<nlohmann::json(OdooField const& field, std::string const& by,
                                                       nlohmann::json const& value, ReportProblem const& report)>;

    CellConverter(OdooEnvironment const& env, FindReference find_reference);

    /// Converts a record. Rejected cells are reported, and their fields are missing from the result.
    nlohmann::json convert(OdooModel const& model, ImportRecord const& record, ReportProblem const& report);

private:
    nlohmann::json convert_cell(OdooModel const& model, OdooField const& field, ImportCell const& cell,
                                ReportProblem const& report);
    nlohmann::json to_date(OdooField const& field, nlohmann::json const& value);
    nlohmann::json to_many2one(OdooField const& field, ImportCell const& cell, ReportProblem const& report);
    nlohmann::json to_many2many(OdooField const& field, ImportCell const& cell, ReportProblem const& report);
    nlohmann::json to_one2many(OdooField const& field, ImportCell const& cell, ReportProblem const& report);
    void refuse_time_zones() const;

    OdooEnvironment const& env_;
    FindReference find_reference_;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_LOAD_CELLS_HPP
