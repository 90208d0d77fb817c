// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_CELLS_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_CELLS_HPP

#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

namespace zenoo_rpc::testing {

/// Returns the value of a field; computed or collected if it is not stored.
nlohmann::json cell_of(OdooStore const& store, OdooField const& field, OdooRecord const& record);

/// Returns the ids that a relational field holds: none, one or many.
nlohmann::json related_ids(OdooStore const& store, OdooField const& field, OdooRecord const& record);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_CELLS_HPP
