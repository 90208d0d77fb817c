// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_IMPORT_CELL_TEXT_HPP
#define ZENOO_RPC_SRC_ODOO_IMPORT_CELL_TEXT_HPP

#include "odoo/records/field_types.hpp"

#include <nlohmann/json.hpp>

#include <string>

// Values as the text that Odoo's import takes for them, by what was measured on 16 and 19. None of them is empty.

namespace zenoo_rpc::detail {

/// Why a value is not sent.
struct CellRefused {
    std::string reason;
};

[[noreturn]] inline void refuse_cell(std::string reason) { throw CellRefused{std::move(reason)}; }

std::string text_cell(nlohmann::json const& value);
std::string integer_cell(nlohmann::json const& value);
std::string float_cell(nlohmann::json const& value);
std::string boolean_cell(nlohmann::json const& value);
std::string date_cell(nlohmann::json const& value);
std::string datetime_cell(nlohmann::json const& value);
/// Odoo takes the first entry whose key or label the text is, in any case of letters.
std::string selection_cell(nlohmann::json const& value, FieldType const& type);
std::string base64_cell(nlohmann::json const& value);
/// `model,id`
std::string reference_cell(nlohmann::json const& value);
std::string json_cell(nlohmann::json const& value);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_CELL_TEXT_HPP
