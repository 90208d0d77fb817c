// SPDX-License-Identifier: BSL-1.0
// A query ordered by a member that its records do not have.
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/odoo/models.hpp>

using namespace zenoo_rpc;

auto in_order(ZenooClient const& client) {
#ifdef CURED
    return client.model<ResPartner>().order_by(&ResPartner::name);
#else
    return client.model<ResPartner>().order_by(&ResCountry::name);
#endif
}
