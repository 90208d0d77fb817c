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

/// Makes values for `create` out of the texts of an import, field by field.
///
/// What no conversion foresees (a boolean cell that is no text, ...) is thrown and ends the whole call, as in Odoo.
class CellConverter {
public:
    /// Returns the id of the record that a cell names, or false for none: `ReferenceFinder::find`.
    using FindReference = std::function<nlohmann::json(OdooField const& field, std::string const& by,
                                                       nlohmann::json const& value, ReportProblem const& report)>;

    CellConverter(OdooEnvironment const& env, FindReference find_reference);

    /// Fields whose cell is refused are reported and missing from the result.
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
