// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_SEARCH_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_SEARCH_HPP

#include "testing/orm/odoo_environment.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace zenoo_rpc::testing {

/// The window of a search; each member as the client sent it, null if absent.
struct SearchWindow {
    nlohmann::json offset{};
    nlohmann::json limit{};
    nlohmann::json order{};
};

/// Returns ids in the requested order, otherwise the model's. Archived records are excluded unless the domain or
/// context includes them.
std::vector<OdooId> search_records(OdooEnvironment const& env, OdooModel const& model, nlohmann::json const& domain,
                                   SearchWindow const& window = {});

/// Returns the ids of the records whose name satisfies the comparison `op` with `name`.
std::vector<OdooId> search_names(OdooEnvironment const& env, OdooModel const& model, nlohmann::json const& name,
                                 std::string const& op, nlohmann::json const& domain, SearchWindow const& window = {});

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_SEARCH_HPP
