// SPDX-License-Identifier: BSL-1.0
// A condition on a member that is not described, so that its field is unknown.
#include <zenoo_rpc/odoo/client.hpp>

using namespace zenoo_rpc;

struct Partner {
    static constexpr std::string_view odoo_model = "res.partner";
    std::string name;
    std::string email;
};
#ifdef CURED
BOOST_DESCRIBE_STRUCT(Partner, (), (name, email))
#else
BOOST_DESCRIBE_STRUCT(Partner, (), (name))
#endif

auto by_email(ZenooClient const& client) {
    return client.model<Partner>().filter(field(&Partner::email) == "ada@example.com");
}
