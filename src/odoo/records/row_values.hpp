// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_RECORDS_ROW_VALUES_HPP
#define ZENOO_RPC_SRC_ODOO_RECORDS_ROW_VALUES_HPP

#include <zenoo_rpc/odoo/field_values.hpp>

#include <optional>
#include <string_view>

// Values that Odoo writes as text. What is written in any other way is none.

namespace zenoo_rpc::detail {

/// `2026-02-28`
std::optional<Date> date_in(std::string_view text) noexcept;

/// `2026-02-28 23:59:59`
std::optional<DateTime> date_time_in(std::string_view text) noexcept;

/// Appends what is written in base64, with its padding. False if it is not, and then `bytes` is of no use.
bool append_base64(Binary& bytes, std::string_view text);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_RECORDS_ROW_VALUES_HPP
