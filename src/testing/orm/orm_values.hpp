// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_VALUES_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_VALUES_HPP

#include <zenoo_rpc/testing/odoo_model.hpp>

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the ORM makes of the values that clients send.

namespace zenoo_rpc::testing {

/// What `create` and `write` make of a value that is no x2many: the cell as stored.
nlohmann::json to_cell(OdooModel const& model, OdooField const& field, nlohmann::json const& value);

/// Ids as the wire gives them: one, a list, or something empty.
std::vector<OdooId> ids_from(nlohmann::json const& value);

/// The text as Odoo writes dates; nullopt if it is none. What follows the tenth character is not looked at.
std::optional<std::string> normalized_date(std::string_view text);
/// `2026-01-31`, with a time behind a space or without.
std::optional<std::string> normalized_datetime(std::string_view text);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_VALUES_HPP
