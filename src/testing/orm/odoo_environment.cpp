// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/odoo_environment.hpp"

#include <string>

namespace zenoo_rpc::testing {

namespace {

constexpr OdooId last_administrator = 2;

std::string_view verb(Access access) {
    switch (access) {
        case Access::create: return "create";
        case Access::modify: return "modify";
        case Access::remove: return "delete";
        case Access::read: break;
    }
    return "access";
}

}  // namespace

void check_access(OdooEnvironment const& env, OdooModel const& model, Access access) {
    std::string const& group = access == Access::read ? model.access.read : model.access.write;
    if (group.empty() || env.uid <= last_administrator) return;
    throw OdooException{"odoo.exceptions.AccessError",
                        "You are not allowed to " + std::string{verb(access)} + " '" + model.label + "' (" + model.name
                            + ") records.\n\nThis operation is allowed for the following groups:\n\t- " + group
                            + "\n\nContact your administrator to request access if necessary."};
}

}  // namespace zenoo_rpc::testing
