// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_LOAD_REFERENCES_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_LOAD_REFERENCES_HPP

#include "testing/orm/load_problem.hpp"
#include "testing/orm/odoo_environment.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <optional>
#include <string>

namespace zenoo_rpc::testing {

/// Finds the record that a cell of an import refers to: by database id, external id or name.
class ReferenceFinder {
public:
    /// Called before looking up a record that an earlier row of the same call may have created.
    using Flush = std::function<void(std::string const& external_id, std::string const& model)>;

    ReferenceFinder(OdooEnvironment const& env, Flush flush);

    /// Returns the id, or false for a cell that stands for no record. `by` is `.id`, `id` or empty. Throws RefusedCell.
    nlohmann::json find(OdooField const& field, std::string const& by, nlohmann::json const& value,
                        ReportProblem const& report) const;

private:
    std::optional<OdooId> find_by_external_id(OdooField const& field, std::string const& external_id) const;
    std::optional<OdooId> find_by_name(OdooField const& field, nlohmann::json const& name,
                                       ReportProblem const& report) const;

    OdooEnvironment const& env_;
    Flush flush_;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_LOAD_REFERENCES_HPP
