// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_IMPORT_CELL_TEXT_HPP
#define ZENOO_RPC_SRC_ODOO_IMPORT_CELL_TEXT_HPP

#include "odoo/records/field_types.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <utility>

// Each function returns the text by which Odoo's import receives a value, as measured on Odoo 16 and 19; it is never
// empty. Throws `CellRefused` for a value that would not arrive unchanged.

namespace zenoo_rpc::detail {

/// Reason why a value is not sent.
struct CellRefused {
    std::string reason;
};

[[noreturn]] inline void refuse_cell(std::string reason) { throw CellRefused{std::move(reason)}; }
/// Throws `CellRefused` with "expected ..., found ...".
[[noreturn]] void refuse_cell(std::string_view expected, nlohmann::json const& found);

std::string text_cell(nlohmann::json const& value);
std::string integer_cell(nlohmann::json const& value);
std::string float_cell(nlohmann::json const& value);
std::string boolean_cell(nlohmann::json const& value);
std::string date_cell(nlohmann::json const& value);
std::string datetime_cell(nlohmann::json const& value);
/// Rejects a key that Odoo would misread: it takes the first choice whose key or label equals the text, ignoring case.
std::string selection_cell(nlohmann::json const& value, FieldType const& type);
std::string base64_cell(nlohmann::json const& value);
/// Returns `model,id`.
std::string reference_cell(nlohmann::json const& value);
std::string json_cell(nlohmann::json const& value);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_CELL_TEXT_HPP
