// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_RECORDS_ROW_VALUES_HPP
#define ZENOO_RPC_SRC_ODOO_RECORDS_ROW_VALUES_HPP

#include <zenoo_rpc/odoo/field_values.hpp>

#include <optional>
#include <string_view>

// Values that Odoo writes as text. Only Odoo's own format is accepted.

namespace zenoo_rpc::detail {

/// Parses `2026-02-28`. Returns nullopt for any other format or an invalid date.
std::optional<Date> date_in(std::string_view text) noexcept;

/// Parses `2026-02-28 23:59:59`. Returns nullopt for any other format or an invalid time.
std::optional<DateTime> date_time_in(std::string_view text) noexcept;

/// Appends the bytes of padded base64. Returns false if `text` is not base64; then the content of `bytes` is
/// unspecified.
bool append_base64(Binary& bytes, std::string_view text);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_RECORDS_ROW_VALUES_HPP
