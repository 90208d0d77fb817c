// SPDX-License-Identifier: BSL-1.0
// A query for the records of a struct that does not name its model.
#include <zenoo_rpc/odoo/client.hpp>

using namespace zenoo_rpc;

struct Partner {
#ifdef CURED
    static constexpr std::string_view odoo_model = "res.partner";
#endif
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Partner, (), (name))

auto partners(ZenooClient const& client) { return client.model<Partner>().all(); }
