// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/odoo_environment.hpp"
#include "testing/orm/orm_search.hpp"
#include "testing/python/python_signature.hpp"
#include "testing/python/python_text.hpp"
#include "testing/seed/odoo_seed.hpp"

#include <zenoo_rpc/testing/odoo_exception.hpp>

#include <cmath>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

void keep_the_system_user(OdooStore const&, OdooRecord const& user) {
    if (value_of(user, "id") != 1) return;
    throw OdooException{"odoo.exceptions.UserError",
                        "You can not remove the admin user as it is used internally for resources created by Odoo "
                        "(updates, module installation, ...)"};
}

json decimal_places(OdooStore const&, OdooRecord const& currency) {
    double const rounding = value_of(currency, "rounding").get<double>();
    return rounding > 0 && rounding < 1 ? static_cast<int>(std::ceil(std::log10(1 / rounding))) : 0;
}

}  // namespace

OdooMethod check_object_reference() {
    return [](OdooCall& call) {
        python::Signature const signature{
            "IrModelData.check_object_reference", {{"module", true}, {"xml_id", true}, {"raise_on_access_error"}}, 1};
        json const given = signature.bind(call.args, call.kwargs);
        std::string const name = python::str(given.at("module")) + "." + python::str(given.at("xml_id"));
        auto const target = call.store.resolve(name);
        if (!target || !call.store.find(target->model, target->id)) {
            throw value_error("External ID not found in the system: " + name);
        }
        OdooEnvironment const env{call.store, call.uid, call.context};
        json const domain = json::array({json::array({"id", "=", target->id})});
        bool const visible = !search_records(env, call.store.model(target->model), domain).empty();
        return json::array({target->model, visible ? json(target->id) : json(false)});
    };
}

OdooMethod context_get() {
    return [](OdooCall& call) {
        python::Signature const signature{"ResUsers.context_get", {}, 1};
        signature.bind(call.args, call.kwargs);
        json const& zone = value_of(*call.store.find("res.users", call.uid), "tz");
        return json{{"lang", "en_US"}, {"tz", zone.is_null() ? json(false) : zone}, {"uid", call.uid}};
    };
}

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

OdooModel company_model() {
    return {
        .name = "res.company",
        .label = "Companies",
        .fields =
            {{.name = "name", .label = "Company Name", .required = true},
             {.name = "partner_id",
              .kind = FieldKind::many2one,
              .label = "Partner",
              .required = true,
              .relation = "res.partner"},
             {.name = "currency_id",
              .kind = FieldKind::many2one,
              .label = "Currency",
              .required = true,
              .relation = "res.currency"},
             {.name = "parent_id", .kind = FieldKind::many2one, .label = "Parent Company", .relation = "res.company"},
             {.name = "country_id", .kind = FieldKind::many2one, .label = "Country", .relation = "res.country"},
             {.name = "email", .label = "Email"},
             {.name = "phone", .label = "Phone"},
             {.name = "website", .label = "Website Link"},
             {.name = "street", .label = "Street"},
             {.name = "street2", .label = "Street2"},
             {.name = "zip", .label = "Zip"},
             {.name = "city", .label = "City"},
             {.name = "vat", .label = "Tax ID"},
             {.name = "company_registry", .label = "Company ID"}},
        .order = "name, id",
        .unique = {{.columns = {"name"}, .message = "The company name must be unique!"}},
        .access = {.write = "Access Rights"}};
}

OdooModel currency_model() {
    return {.name = "res.currency",
            .label = "Currency",
            .fields = {{.name = "name", .label = "Currency", .required = true},
                       {.name = "full_name", .label = "Name"},
                       {.name = "symbol", .label = "Symbol", .required = true},
                       {.name = "active", .kind = FieldKind::boolean, .label = "Active", .default_value = true},
                       {.name = "rounding",
                        .kind = FieldKind::floating,
                        .label = "Rounding Factor",
                        .default_value = 0.01,
                        .digits = 6},
                       {.name = "decimal_places",
                        .kind = FieldKind::integer,
                        .label = "Decimal Places",
                        .readonly = true,
                        .compute = decimal_places},
                       {.name = "rate",
                        .kind = FieldKind::floating,
                        .label = "Current Rate",
                        .readonly = true,
                        .compute = [](OdooStore const&, OdooRecord const&) { return json(1.0); }},
                       {.name = "position",
                        .kind = FieldKind::selection,
                        .label = "Symbol Position",
                        .default_value = "after",
                        .selection = {{"after", "After Amount"}, {"before", "Before Amount"}}}},
            .order = "active desc, name",
            .unique = {{.columns = {"name"}, .message = "The currency code must be unique!"}}};
}

}  // namespace zenoo_rpc::testing
