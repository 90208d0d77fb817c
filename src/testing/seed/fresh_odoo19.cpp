// SPDX-License-Identifier: BSL-1.0
#include "testing/seed/seed_countries.hpp"
#include "testing/seed/seed_methods.hpp"
#include "testing/seed/seed_models.hpp"

#include <zenoo_rpc/testing/fresh_odoo19.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zenoo_rpc::testing {

namespace {

/// Adds a row with the id it has in every new Odoo, and an external id in the module `base`.
void add(OdooStore& store, std::string const& model, std::string_view name, OdooRecord values) {
    OdooId const id = store.insert(model, std::move(values));
    store.set_external_id("base." + std::string{name}, {model, id}, true);
}

void add_users(OdooStore& store) {
    store.act_as(1);
    store.insert("res.users",
                 {{"id", 1}, {"login", "__system__"}, {"name", "OdooBot"}, {"active", false}, {"company_id", nullptr}});
    add(store, "res.currency", "USD",
        {{"id", 1}, {"name", "USD"}, {"full_name", "United States dollar"}, {"symbol", "$"}, {"position", "before"}});
    add(store, "res.currency", "EUR",
        {{"id", 125}, {"name", "EUR"}, {"full_name", "Euro"}, {"symbol", "€"}, {"active", false}});
    add(store, "res.partner", "main_partner", {{"id", 1}, {"name", "My Company"}, {"is_company", true}});
    add(store, "res.company", "main_company",
        {{"id", 1}, {"name", "My Company"}, {"partner_id", 1}, {"currency_id", 1}});
    add(store, "res.partner", "partner_root", {{"id", 2}, {"name", "OdooBot"}, {"active", false}, {"company_id", 1}});
    add(store, "res.partner", "partner_admin", {{"id", 3}, {"name", "Administrator"}, {"company_id", 1}});
    store.update("res.users", 1, {{"partner_id", 2}, {"company_id", 1}});
    store.set_external_id("base.user_root", {"res.users", 1}, true);
    add(store, "res.users", "user_admin",
        {{"id", 2}, {"login", "admin"}, {"name", "Administrator"}, {"password", "admin"}, {"partner_id", 3}});
    store.insert("res.users.apikeys", {{"name", "tests"}, {"user_id", 2}, {"key", "admin-api-key"}});
}

OdooStore seeded() {
    OdooStore store;
    store.add_method("ir.model.data", "check_object_reference", check_object_reference());
    for (OdooModel& model : std::vector{country_model(), country_state_model(), currency_model(), company_model(),
                                        user_model(), api_key_model(), partner_category_model(), partner_model()}) {
        store.add_model(std::move(model));
    }
    add_users(store);
    add_countries(store);
    return store;
}

}  // namespace

OdooStore fresh_odoo19() {
    static OdooStore const prototype = seeded();  // a copy is far cheaper than hundreds of checked inserts
    return prototype;
}

}  // namespace zenoo_rpc::testing
