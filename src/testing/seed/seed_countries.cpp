// SPDX-License-Identifier: BSL-1.0
#include "testing/seed/seed_countries.hpp"

#include "testing/seed/seed_country_list.hpp"
#include "testing/seed/seed_models.hpp"

#include <string>
#include <string_view>

namespace zenoo_rpc::testing {

namespace {

std::string code_of(std::string_view name) {
    if (name == "uk") return "GB";
    std::string code{name};
    for (char& c : code) c = static_cast<char>(c - 'a' + 'A');
    return code;
}

}  // namespace

OdooModel country_model() {
    return {.name = "res.country",
            .label = "Country",
            .fields =
                {{.name = "name", .label = "Country Name", .required = true},
                 {.name = "code", .label = "Country Code", .required = true},
                 {.name = "phone_code", .kind = FieldKind::integer, .label = "Country Calling Code"},
                 {.name = "currency_id", .kind = FieldKind::many2one, .label = "Currency", .relation = "res.currency"},
                 {.name = "state_ids",
                  .kind = FieldKind::one2many,
                  .label = "States",
                  .relation = "res.country.state",
                  .inverse_name = "country_id"}},
            .order = "name, id",
            .unique = {{.columns = {"name"}, .message = "The name of the country must be unique!"},
                       {.columns = {"code"}, .message = "The code of the country must be unique!"}},
            .access = {.write = "Role / Administrator"}};
}

OdooModel country_state_model() {
    return {
        .name = "res.country.state",
        .label = "Country state",
        .fields = {{.name = "name", .label = "State Name", .required = true},
                   {.name = "code", .label = "State Code", .required = true},
                   {.name = "country_id",
                    .kind = FieldKind::many2one,
                    .label = "Country",
                    .required = true,
                    .relation = "res.country"}},
        .order = "code, id",
        .unique = {{.columns = {"country_id", "code"}, .message = "The code of the state must be unique by country!"}}};
}

void add_countries(OdooStore& store) {
    OdooTransaction transaction{store};
    for (auto const& [name, label] : countries) {
        OdooId const id = store.insert("res.country", {{"name", label}, {"code", code_of(name)}});
        store.set_external_id("base." + std::string{name}, {"res.country", id}, true);
    }
    auto const add_state = [&](std::string_view name, std::string_view label, std::string_view code) {
        OdooId const country = store.resolve("base.us")->id;
        OdooId const id = store.insert("res.country.state", {{"name", label}, {"code", code}, {"country_id", country}});
        store.set_external_id("base." + std::string{name}, {"res.country.state", id}, true);
    };
    add_state("state_us_5", "California", "CA");
    add_state("state_us_27", "New York", "NY");
    transaction.commit();
}

}  // namespace zenoo_rpc::testing
