// SPDX-License-Identifier: BSL-1.0
// A condition on a member of a struct that is not described.
#include <zenoo_rpc/odoo/typed_field.hpp>

using namespace zenoo_rpc;

struct Partner {
    std::string name;
};
#ifdef CURED
BOOST_DESCRIBE_STRUCT(Partner, (), (name))
#endif

auto by_name() { return field(&Partner::name) == "Ada"; }
