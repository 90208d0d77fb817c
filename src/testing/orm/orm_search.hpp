// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_SEARCH_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_SEARCH_HPP

#include "testing/orm/odoo_environment.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace zenoo_rpc::testing {

/// What limits a search; each member as the client sent it, null if it did not.
struct SearchWindow {
    nlohmann::json offset{};
    nlohmann::json limit{};
    nlohmann::json order{};
};

/// Ids in the order asked for, else the model's. Archived records are left out unless domain or context ask for them.
std::vector<OdooId> search_records(OdooEnvironment const& env, OdooModel const& model, nlohmann::json const& domain,
                                   SearchWindow const& window = {});

/// Ids of the records whose name compares so with this text.
std::vector<OdooId> search_names(OdooEnvironment const& env, OdooModel const& model, nlohmann::json const& name,
                                 std::string const& op, nlohmann::json const& domain, SearchWindow const& window = {});

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_SEARCH_HPP
