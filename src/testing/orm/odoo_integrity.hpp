// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ODOO_INTEGRITY_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ODOO_INTEGRITY_HPP

#include <zenoo_rpc/testing/detail/odoo_tables.hpp>
#include <zenoo_rpc/testing/odoo_model.hpp>

#include <string>
#include <vector>

// The constraints of the database: what PostgreSQL refuses, in the words Odoo makes of it.

namespace zenoo_rpc::testing {

/// Refuses values that no column holds. Such a row is refused before it has an id.
void check_values(OdooModel const& model, OdooRecord const& row);

/// Refuses a row that breaks a constraint: mandatory columns, checks, uniqueness, references. Throws IntegrityError.
void check_row(detail::OdooTables const& tables, OdooModel const& model, OdooRecord const& row);

struct RowKey {
    std::string const& model;
    OdooId id;
};

/// Returns the rows of `table` whose `field` refers to `target`, but for itself.
std::vector<OdooId> referring_rows(detail::OdooTable const& table, OdooField const& field, RowKey target);

/// Returns the row `id` with its reference to `target` emptied. Throws IntegrityError if the row must keep it.
OdooRecord without_reference(detail::OdooTable const& table, OdooField const& field, OdooId id, OdooId target);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ODOO_INTEGRITY_HPP
