// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_IMPORT_IMPORT_ROW_HPP
#define ZENOO_RPC_SRC_ODOO_IMPORT_IMPORT_ROW_HPP

#include "odoo/records/field_types.hpp"

#include <zenoo_rpc/odoo/external_id.hpp>
#include <zenoo_rpc/odoo/import_options.hpp>
#include <zenoo_rpc/odoo/values.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace zenoo_rpc {

/// A record in the manner of an import: a column for each of its values, and cells that are text.
struct ImportRow {
    std::string id;
    std::vector<std::string> columns;
    std::vector<std::string> cells;
    std::vector<std::string> references;  ///< the external ids among its cells
    bool has_time = false;                ///< a cell is a datetime, in UTC
};

/// Writes a record, as `create` takes it, as a row that arrives in the same way.
///
/// Numbers and booleans may be given as text; dates are `2026-11-23`, datetimes `2026-11-23 12:00:00` in UTC,
/// selections the key, many2one an id or an external id, many2many a list of either or `[[6, 0, ids]]`, binaries
/// base64, references `res.partner,7`. `false` and null empty a field, and so does "". All that could arrive otherwise
/// than by `create` is refused: one2many, properties, names for a relation, NaN, a selection whose key Odoo would
/// misread.
///
/// Throws `ValidationError`, not sent, which names the external id and the field.
ImportRow import_row(ExternalId const& id, Values const& record, FieldTypes const& types);

/// Arguments of a call of `load`.
struct LoadArguments {
    nlohmann::json args;
    nlohmann::json kwargs;
};

/// The call that brings these rows, all of which have the same columns. Throws `std::invalid_argument` if not.
LoadArguments load_arguments(std::span<ImportRow const* const> rows, WhenThere when_there);

/// Sorts rows into calls of `load`, as few as can be: by their columns, since an absent value must keep the model's
/// default, and so that a record stands behind those it refers to. Gives positions in `rows`, in ascending order.
std::vector<std::vector<std::size_t>> group_rows(std::span<ImportRow const> rows);

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_IMPORT_ROW_HPP
