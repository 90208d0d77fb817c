// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_DETAIL_ODOO_TABLES_HPP
#define ZENOO_RPC_TESTING_DETAIL_ODOO_TABLES_HPP

#include <zenoo_rpc/testing/odoo_model.hpp>

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace zenoo_rpc::detail {

/// A model with its rows.
struct OdooTable {
    testing::OdooModel model;
    std::map<testing::OdooId, testing::OdooRecord> rows{};
    testing::OdooId next_id = 1;
};

/// The model whose rows are the external ids.
inline constexpr std::string_view external_id_model = "ir.model.data";

/// Returns the `module.name` of a row of `ir.model.data`.
inline std::string external_id_of(testing::OdooRecord const& row) {
    return testing::value_of(row, "module").get<std::string>() + "."
           + testing::value_of(row, "name").get<std::string>();
}

/// The state of a simulated database: plain data without constraints.
struct OdooTables {
    std::map<std::string, OdooTable, std::less<>> by_model{};
    std::map<std::string, testing::OdooId, std::less<>> external_ids{};  ///< external id -> row of `ir.model.data`

    OdooTable const* find(std::string_view model) const noexcept {
        auto const found = by_model.find(model);
        return found == by_model.end() ? nullptr : &found->second;
    }
    /// Throws std::invalid_argument if there is no such model.
    OdooTable const& at(std::string_view model) const {
        if (auto const* const table = find(model)) return *table;
        throw std::invalid_argument{"no such model in the simulator: " + std::string{model}};
    }
    OdooTable& at(std::string_view model) { return const_cast<OdooTable&>(std::as_const(*this).at(model)); }

    testing::OdooRecord const* find(std::string_view model, testing::OdooId id) const noexcept {
        auto const* const table = find(model);
        if (!table) return nullptr;
        auto const row = table->rows.find(id);
        return row == table->rows.end() ? nullptr : &row->second;
    }
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_TESTING_DETAIL_ODOO_TABLES_HPP
