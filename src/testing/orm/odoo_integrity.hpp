// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ODOO_INTEGRITY_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ODOO_INTEGRITY_HPP

#include <zenoo_rpc/testing/detail/odoo_tables.hpp>
#include <zenoo_rpc/testing/odoo_model.hpp>

#include <string>
#include <vector>

// The constraints of the database: errors of PostgreSQL, with Odoo's messages.

namespace zenoo_rpc::testing {

/// Rejects values that a column cannot store. This happens before the row gets an id.
void check_values(OdooModel const& model, OdooRecord const& row);

/// Throws IntegrityError if a row violates a constraint: mandatory columns, checks, uniqueness, references.
void check_row(detail::OdooTables const& tables, OdooModel const& model, OdooRecord const& row);

struct RowKey {
    std::string const& model;
    OdooId id;
};

/// Returns the rows of `table` whose `field` refers to `target`, except `target` itself.
std::vector<OdooId> referring_rows(detail::OdooTable const& table, OdooField const& field, RowKey target);

/// Returns the row `id` without its reference to `target`. Throws IntegrityError if the reference is mandatory.
OdooRecord without_reference(detail::OdooTable const& table, OdooField const& field, OdooId id, OdooId target);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ODOO_INTEGRITY_HPP
