// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_FIELD_VALUES_HPP
#define ZENOO_RPC_ODOO_FIELD_VALUES_HPP

#include <zenoo_rpc/odoo/record_id.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

// The values of fields that C++ has no name for.

namespace zenoo_rpc {

/// A record that a many2one field refers to.
struct Many2one {
    RecordId id = 0;
    std::string name = {};  ///< for people; empty where Odoo gives the id alone

    bool operator==(Many2one const&) const = default;
};

using Date = std::chrono::year_month_day;
using DateTime = std::chrono::sys_seconds;  ///< in UTC, as Odoo keeps it
using Binary = std::vector<std::byte>;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_FIELD_VALUES_HPP
