// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_FIELD_VALUES_HPP
#define ZENOO_RPC_ODOO_FIELD_VALUES_HPP

#include <zenoo_rpc/odoo/record_id.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

// Types of field values that C++ does not name.

namespace zenoo_rpc {

/// Record that a many2one field refers to.
struct Many2one {
    RecordId id = 0;
    std::string name = {};  ///< display name; empty where Odoo sends only the id

    bool operator==(Many2one const&) const = default;
};

/// Record that a many2one field refers to, with the struct of its model. The struct need only be declared, since models
/// refer to each other. An empty reference converts to false.
///
///     Ref<ResCountry> country;  // field `country_id`: "_id" is added unless the name ends with "id"
///     if (partner.country) ResCountry const country = co_await partner.country.fetch(client);
template <class T>
struct Ref : Many2one {
    explicit operator bool() const noexcept { return id != 0; }

    /// Reads the record through a client or `client.results()`. Errors: `MissingError`, not sent if it is empty.
    template <class Client>
    auto fetch(Client const& client) const {
        return client.template model<T>().get(id);
    }

    bool operator==(Ref const&) const = default;
};

using Date = std::chrono::year_month_day;
using DateTime = std::chrono::sys_seconds;  ///< in UTC, as Odoo stores it
using Binary = std::vector<std::byte>;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_FIELD_VALUES_HPP
