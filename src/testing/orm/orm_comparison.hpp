// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_COMPARISON_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_COMPARISON_HPP

#include <zenoo_rpc/testing/odoo_model.hpp>

#include <nlohmann/json.hpp>

#include <functional>
#include <string_view>

namespace zenoo_rpc::testing {

/// The operator of a condition. A negative operator matches all records that the positive one does not, including empty
/// cells.
struct Comparison {
    std::string_view base;
    bool negative = false;
};

/// Returns the operator of `[field, operator, value]`. Throws Odoo's ValueError for an unknown one.
Comparison comparison_in(nlohmann::json const& condition);

using CellTest = std::function<bool(nlohmann::json const& cell)>;

/// Returns a test for cells of fields that are not relational.
CellTest cell_test(OdooField const& field, std::string_view op, nlohmann::json const& value);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_COMPARISON_HPP
