// SPDX-License-Identifier: BSL-1.0
// A condition that compares a field with a value of another type.
#include <zenoo_rpc/odoo/models/res_partner.hpp>
#include <zenoo_rpc/odoo/typed_field.hpp>

using namespace zenoo_rpc;

auto companies() {
#ifdef CURED
    return field(&ResPartner::is_company) == true;
#else
    return field(&ResPartner::is_company) == "yes";
#endif
}
