// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_LOAD_EXTERNAL_IDS_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_LOAD_EXTERNAL_IDS_HPP

#include <nlohmann/json.hpp>

#include <set>
#include <string>

namespace zenoo_rpc::testing {

/// The external ids in the rows of a `load`, as `module.name`.
std::set<std::string> external_ids_in_load(nlohmann::json const& fields, nlohmann::json const& rows);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_LOAD_EXTERNAL_IDS_HPP
