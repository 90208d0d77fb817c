// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_JSON_TEXT_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_JSON_TEXT_HPP

#include <zenoo_rpc/odoo/values.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace zenoo_rpc::detail {

/// Appends the text of a JSON value. Returns false if the value contains something that cannot be sent.
///
/// Produces the text that nlohmann produces, and leaves to it whatever takes more than copying: escapes, non-ASCII
/// characters, fractions.
bool append_json(std::string& target, nlohmann::json const& value);
/// Appends a record as a JSON object, its fields in their order. Returns false if the record contains something that
/// cannot be sent.
bool append_json(std::string& target, Values const& record);

/// Returns the text of a JSON value.
///
/// Throws `std::invalid_argument`, whose message begins with `what` and the position in the value, for a value that
/// cannot be sent: text that is not UTF-8, a number that is not finite, binary.
std::string json_text(nlohmann::json const& value, std::string_view what);

/// Appends text, which must be UTF-8, as a JSON string. Leaves no copy of it in memory.
void append_quoted(std::string& target, std::string_view text);

void append_number(std::string& target, std::int64_t number);

/// Returns true for visible ASCII and spaces without characters that JSON escapes.
bool is_plain(std::string_view text) noexcept;

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_JSON_TEXT_HPP
