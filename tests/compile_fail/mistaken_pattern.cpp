// SPDX-License-Identifier: BSL-1.0
// A pattern for a field that is not text.
#include <zenoo_rpc/odoo/models/res_country.hpp>
#include <zenoo_rpc/odoo/typed_field.hpp>

using namespace zenoo_rpc;

auto with_a_seven() {
#ifdef CURED
    return field(&ResCountry::name).like("7");
#else
    return field(&ResCountry::phone_code).like("7");
#endif
}
