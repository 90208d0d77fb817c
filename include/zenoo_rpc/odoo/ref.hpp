// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_REF_HPP
#define ZENOO_RPC_ODOO_REF_HPP

#include <zenoo_rpc/odoo/field_values.hpp>

namespace zenoo_rpc {

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

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_REF_HPP
