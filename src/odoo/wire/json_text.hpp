// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_JSON_TEXT_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_JSON_TEXT_HPP

#include <zenoo_rpc/odoo/values.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace zenoo_rpc::detail {

/// Appends the text of a JSON value; false if there is something in it that cannot be sent.
///
/// The same as nlohmann writes, which writes all that takes more than copying: escapes, other characters than ASCII,
/// fractions.
bool append_json(std::string& target, nlohmann::json const& value);
/// The same of a record, its fields in their order.
bool append_json(std::string& target, Values const& record);

/// Returns the text of a JSON value.
///
/// Throws `std::invalid_argument` that begins with `what` and says where, if there is something that cannot be sent:
/// text that is not UTF-8, a number that is not finite, binary.
std::string json_text(nlohmann::json const& value, std::string_view what);

/// Appends text as a JSON string, without a copy of it left anywhere. It must be UTF-8.
void append_quoted(std::string& target, std::string_view text);

void append_number(std::string& target, std::int64_t number);

/// Visible ASCII and spaces, nothing that JSON escapes.
bool is_plain(std::string_view text) noexcept;

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_JSON_TEXT_HPP
