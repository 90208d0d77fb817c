// SPDX-License-Identifier: BSL-1.0
#include "testing/seed/seed_methods.hpp"
#include "testing/seed/seed_models.hpp"

#include <zenoo_rpc/testing/odoo_exception.hpp>

namespace zenoo_rpc::testing {

namespace {

void keep_the_system_user(OdooStore const&, OdooRecord const& user) {
    if (value_of(user, "id") != 1) return;
    throw OdooException{"odoo.exceptions.UserError",
                        "You can not remove the admin user as it is used internally for resources created by Odoo "
                        "(updates, module installation, ...)"};
}

}  // namespace

OdooModel user_model() {
    return {.name = "res.users",
            .label = "User",
            .fields =
                {{.name = "login", .label = "Login", .required = true},
                 {.name = "name", .label = "Name"},
                 {.name = "password", .label = "Password", .secret = true},
                 {.name = "email", .label = "Email"},
                 {.name = "active", .kind = FieldKind::boolean, .label = "Active", .default_value = true},
                 {.name = "partner_id",
                  .kind = FieldKind::many2one,
                  .label = "Related Partner",
                  .relation = "res.partner",
                  .on_delete = OnDelete::restrict},
                 {.name = "company_id",
                  .kind = FieldKind::many2one,
                  .label = "Company",
                  .default_value = 1,
                  .relation = "res.company"},
                 {.name = "company_ids", .kind = FieldKind::many2many, .label = "Companies", .relation = "res.company"},
                 {.name = "share", .kind = FieldKind::boolean, .label = "Share User", .default_value = false},
                 {.name = "lang",
                  .kind = FieldKind::selection,
                  .label = "Language",
                  .default_value = "en_US",
                  .selection = {{"en_US", "English (US)"}}},
                 {.name = "tz", .label = "Timezone"}},
            .order = "name, login",
            .unique = {{.columns = {"login"}, .message = "You can not have two users with the same login!"}},
            .access = {.write = "Access Rights"},
            .before_unlink = keep_the_system_user,
            .methods = {{"context_get", context_get()}}};
}

OdooModel api_key_model() {
    return {.name = "res.users.apikeys",
            .label = "Users API Keys",
            .fields = {{.name = "name", .label = "Description", .required = true},
                       {.name = "user_id",
                        .kind = FieldKind::many2one,
                        .required = true,
                        .relation = "res.users",
                        .on_delete = OnDelete::cascade},
                       {.name = "key", .required = true, .secret = true}},
            .access = {.read = "Access Rights", .write = "Access Rights"}};
}

}  // namespace zenoo_rpc::testing
