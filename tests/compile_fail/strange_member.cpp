// SPDX-License-Identifier: BSL-1.0
// A member of a type that corresponds to no Odoo field.
#include <zenoo_rpc/odoo/client.hpp>

using namespace zenoo_rpc;

struct Partner {
    static constexpr std::string_view odoo_model = "res.partner";
#ifdef CURED
    std::string name;
#else
    char const* name;
#endif
};
BOOST_DESCRIBE_STRUCT(Partner, (), (name))

auto partners(ZenooClient const& client) { return client.model<Partner>(); }
