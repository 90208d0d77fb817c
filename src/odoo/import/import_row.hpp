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

/// One record as a row of an import: a column for each of its values, and cells that are text.
struct ImportRow {
    std::string id;
    std::vector<std::string> columns;
    std::vector<std::string> cells;
    std::vector<std::string> references;  ///< external ids that its cells refer to
    bool has_time = false;                ///< a cell is a datetime, in UTC
};

/// Converts a record, given as for `create`, into a row that has the same effect.
///
/// Numbers and booleans may be given as text; dates are `2026-11-23`, datetimes `2026-11-23 12:00:00` in UTC,
/// selections the key, many2one an id or an external id, many2many a list of either or `[[6, 0, ids]]`, binaries
/// base64, references `res.partner,7`. `false`, null and "" empty a field. Rejects values that an import would store
/// differently from `create`: one2many, properties, names for a relation, NaN, a selection key that Odoo would misread.
///
/// Throws `ValidationError` (not sent), which names the external id, the field, and what is wrong with its value.
ImportRow import_row(ExternalId const& id, Values const& record, FieldTypes const& types);

/// Arguments of a call to `load`.
struct LoadArguments {
    nlohmann::json args;
    nlohmann::json kwargs;
};

/// Returns the call that loads these rows. Throws `std::invalid_argument` unless all have the same columns.
LoadArguments load_arguments(std::span<ImportRow const* const> rows, IfExists if_exists);

/// Groups rows into as few calls of `load` as possible. Rows of a group have the same columns, because an absent value
/// must keep the model's default; a record comes after those it refers to. Returns indices into `rows`, ascending.
std::vector<std::vector<std::size_t>> group_rows(std::span<ImportRow const> rows);

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_IMPORT_ROW_HPP
