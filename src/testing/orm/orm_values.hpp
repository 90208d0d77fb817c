// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_VALUES_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_VALUES_HPP

#include <zenoo_rpc/testing/odoo_model.hpp>

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Conversion of values sent by clients.

namespace zenoo_rpc::testing {

/// Converts a value as `create` and `write` do to the stored cell. The field must not be x2many.
nlohmann::json to_cell(OdooModel const& model, OdooField const& field, nlohmann::json const& value);

/// Converts ids as sent by a client: one, a list, or an empty value.
std::vector<OdooId> ids_from(nlohmann::json const& value);

/// Returns the date in Odoo's format; nullopt if it is invalid. Text after the tenth character is ignored.
std::optional<std::string> normalized_date(std::string_view text);
/// Returns the datetime in Odoo's format; nullopt if it is invalid. Accepts a date (`2026-01-31`), optionally followed
/// by a space and a time.
std::optional<std::string> normalized_datetime(std::string_view text);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_VALUES_HPP
