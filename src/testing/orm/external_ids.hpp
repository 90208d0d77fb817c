// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_EXTERNAL_IDS_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_EXTERNAL_IDS_HPP

#include <zenoo_rpc/testing/odoo_model.hpp>

#include <nlohmann/json.hpp>

#include <set>
#include <string>

namespace zenoo_rpc::testing {

/// Returns `ir.model.data`, the model whose rows are the external ids.
OdooModel model_of_external_ids();

/// Returns `module.name`; a bare name belongs to the module `__import__`.
std::string full_external_id(std::string const& text);

/// Returns the external ids in the rows of a `load`, as `module.name`.
std::set<std::string> external_ids_in_load(nlohmann::json const& fields, nlohmann::json const& rows);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_EXTERNAL_IDS_HPP
