// SPDX-License-Identifier: BSL-1.0
// An ordering comparison with a field that has no order.
#include <zenoo_rpc/odoo/models/res_partner.hpp>
#include <zenoo_rpc/odoo/typed_field.hpp>

using namespace zenoo_rpc;

auto behind_france() {
#ifdef CURED
    return field(&ResPartner::id) > 75;
#else
    return field(&ResPartner::country) > 75;
#endif
}
