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

/// A many2one that knows the struct of its records, which may be declared only: models refer to each other. Empty, it
/// is false.
///
///     Ref<ResCountry> country;  // of `country_id`: unless its name ends with "id", the field's does
///     if (partner.country) ResCountry const country = co_await partner.country.fetch(client);
template <class T>
struct Ref : Many2one {
    explicit operator bool() const noexcept { return id != 0; }

    /// Reads the record: of a client, or of `client.results()`. Errors: `MissingError`, not sent if it is empty.
    template <class Client>
    auto fetch(Client const& client) const {
        return client.template model<T>().get(id);
    }

    bool operator==(Ref const&) const = default;
};

using Date = std::chrono::year_month_day;
using DateTime = std::chrono::sys_seconds;  ///< in UTC, as Odoo keeps it
using Binary = std::vector<std::byte>;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_FIELD_VALUES_HPP
