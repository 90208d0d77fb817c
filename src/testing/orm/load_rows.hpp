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

/// One column of one record: a value, or for a relation the records its sub-columns describe.
struct ImportCell {
    std::string field;  ///< empty: the name of the record itself
    nlohmann::json value;
    std::vector<ImportRecord> related;
};

struct ImportRecord {
    std::vector<ImportCell> cells{};
    std::size_t from = 0;  ///< first row
    std::size_t to = 0;    ///< last row; further ones bring nothing but more one2many children

    ImportCell const* find(std::string_view field) const noexcept;
};

/// `country_id/.id` in its parts; the aliases `country_id.id` and `country_id:id` as well.
std::vector<std::string> column_path(std::string const& column);

/// Gathers the rows of `load` into records. Throws the ValueError Odoo throws for columns that no field has.
std::vector<ImportRecord> extract_records(OdooStore const& store, OdooModel const& model,
                                          std::vector<std::vector<std::string>> const& paths,
                                          std::vector<nlohmann::json> const& rows);

/// The columns that say which record, not what is in it.
bool is_reference(std::string_view column) noexcept;

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_LOAD_ROWS_HPP
