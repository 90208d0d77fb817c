// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_LOAD_ROWS_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_LOAD_ROWS_HPP

#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc::testing {

struct ImportRecord;

/// One column of one record: a value, or for a relation the records described by its sub-columns.
struct ImportCell {
    std::string field;  ///< empty: the name of the record
    nlohmann::json value;
    std::vector<ImportRecord> related;
};

struct ImportRecord {
    std::vector<ImportCell> cells{};
    std::size_t from = 0;  ///< first row
    std::size_t to = 0;    ///< last row; rows after the first contain only further one2many children

    ImportCell const* find(std::string_view field) const noexcept;
};

/// Splits `country_id/.id` into its parts; accepts the aliases `country_id.id` and `country_id:id`.
std::vector<std::string> column_path(std::string const& column);

/// Groups the rows of `load` into records. Throws Odoo's ValueError for columns without a field.
std::vector<ImportRecord> extract_records(OdooStore const& store, OdooModel const& model,
                                          std::vector<std::vector<std::string>> const& paths,
                                          std::vector<nlohmann::json> const& rows);

/// Returns true for columns that identify a record and hold none of its values.
bool is_reference(std::string_view column) noexcept;

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_LOAD_ROWS_HPP
