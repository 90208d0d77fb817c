// SPDX-License-Identifier: BSL-1.0
#include "testing/python/python_text.hpp"
#include "testing/seed/seed_models.hpp"

#include <zenoo_rpc/testing/odoo_exception.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <utility>
#include <vector>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

std::string text_in(OdooRecord const& record, std::string_view field) {
    auto const& value = value_of(record, field);
    return value.is_string() ? value.get<std::string>() : std::string{};
}

std::string complete_name(OdooStore const& store, OdooRecord const& partner) {
    std::string const name = text_in(partner, "name");
    if (value_of(partner, "is_company") == true) return name;
    std::string company = text_in(partner, "company_name");
    if (auto const& parent = value_of(partner, "parent_id"); !parent.is_null()) {
        if (OdooRecord const* row = store.find("res.partner", parent.get<OdooId>())) company = text_in(*row, "name");
    }
    return company.empty() ? name : company + ", " + name;
}

bool is_no_ancestor_of_itself(std::string const& model, OdooStore const& store, OdooRecord const& record) {
    json const& self = value_of(record, "id");
    json parent = value_of(record, "parent_id");
    while (!parent.is_null()) {
        if (parent == self) return false;
        OdooRecord const* row = store.find(model, parent.get<OdooId>());
        parent = row ? value_of(*row, "parent_id") : json();
    }
    return true;
}

void keep_partners_of_users(OdooStore const& store, OdooRecord const& partner) {
    for (auto const& [id, user] : store.table("res.users")) {
        if (value_of(user, "partner_id") != value_of(partner, "id") || value_of(user, "active") != true) continue;
        std::string const text =
            "You cannot delete contacts linked to an active user.\nYou should rather archive them after archiving "
            "their associated user.\n\nLinked active users : "
            + text_in(user, "name");
        json const action = {{"type", "ir.actions.act_window"},
                             {"res_model", "res.users"},
                             {"context", {{"create", false}}},
                             {"view_mode", "form"},
                             {"views", json::array({json::array({167, "form"})})},
                             {"res_id", id}};
        auto const arguments = json::array({text, action, "Go to users", nullptr});
        throw OdooException{"odoo.exceptions.RedirectWarning",
                            text +
                                "\n{'type': 'ir.actions.act_window', 'res_model': 'res.users', 'context': {'create': "
                                "False}, 'view_mode': 'form', 'views': [[167, 'form']], 'res_id': " +
                                std::to_string(id) + "}\nGo to users\nNone",
                            arguments};
    }
}

OdooField character(std::string name, std::string label) {
    return {.name = std::move(name), .label = std::move(label)};
}

OdooField flag(std::string name, std::string label, bool by_default) {
    return {
        .name = std::move(name), .kind = FieldKind::boolean, .label = std::move(label), .default_value = by_default};
}

OdooField company_type() {
    return {.name = "company_type",
            .kind = FieldKind::selection,
            .label = "Company Type",
            .selection = {{"person", "Person"}, {"company", "Company"}},
            .compute =
                [](OdooStore const&, OdooRecord const& partner) {
                    return json(value_of(partner, "is_company") == true ? "company" : "person");
                },
            .inverse = [](OdooRecord& partner, json const& value) { partner["is_company"] = value == "company"; }};
}

std::vector<OdooField> relations_of_a_partner() {
    return {
        {.name = "parent_id", .kind = FieldKind::many2one, .label = "Related Company", .relation = "res.partner"},
        {.name = "child_ids",
         .kind = FieldKind::one2many,
         .label = "Contact",
         .relation = "res.partner",
         .inverse_name = "parent_id"},
        {.name = "category_id", .kind = FieldKind::many2many, .label = "Tags", .relation = "res.partner.category"},
        {.name = "country_id",
         .kind = FieldKind::many2one,
         .label = "Country",
         .relation = "res.country",
         .on_delete = OnDelete::restrict},
        {.name = "state_id",
         .kind = FieldKind::many2one,
         .label = "State",
         .relation = "res.country.state",
         .on_delete = OnDelete::restrict},
        {.name = "company_id", .kind = FieldKind::many2one, .label = "Company", .relation = "res.company"},
        {.name = "user_id", .kind = FieldKind::many2one, .label = "Salesperson", .relation = "res.users"},
        {.name = "user_ids",
         .kind = FieldKind::one2many,
         .label = "Users",
         .relation = "res.users",
         .inverse_name = "partner_id"},
    };
}

std::vector<OdooField> values_of_a_partner() {
    return {
        character("name", "Name"),
        {.name = "complete_name",
         .label = "Complete Name",
         .readonly = true,
         .compute = [](OdooStore const& store,
                       OdooRecord const& partner) { return json(complete_name(store, partner)); }},
        flag("active", "Active", true),
        flag("is_company", "Is a Company", false),
        company_type(),
        {.name = "type",
         .kind = FieldKind::selection,
         .label = "Address Type",
         .default_value = "contact",
         .selection = {{"contact", "Contact"}, {"invoice", "Invoice"}, {"delivery", "Delivery"}, {"other", "Other"}}},
        character("email", "Email"),
        {.name = "email_normalized",
         .label = "Normalized Email",
         .readonly = true,
         .compute =
             [](OdooStore const&, OdooRecord const& partner) {
                 std::string const email = python::lower(python::strip(text_in(partner, "email")));
                 return email.find('@') == std::string::npos ? json() : json(email);
             }},
        character("phone", "Phone"),
        character("street", "Street"),
        character("street2", "Street2"),
        character("zip", "Zip"),
        character("city", "City"),
        character("website", "Website Link"),
        character("function", "Job Position"),
        character("ref", "Reference"),
        character("vat", "Tax ID"),
        character("company_name", "Company Name"),
        character("company_registry", "Company ID"),
        character("barcode", "Barcode"),
        flag("employee", "Employee", false),
        {.name = "comment", .kind = FieldKind::html, .label = "Notes"},
        {.name = "color", .kind = FieldKind::integer, .label = "Color Index", .default_value = 0},
        {.name = "partner_latitude", .kind = FieldKind::floating, .label = "Geo Latitude", .digits = 7},
        {.name = "partner_longitude", .kind = FieldKind::floating, .label = "Geo Longitude", .digits = 7},
        {.name = "lang",
         .kind = FieldKind::selection,
         .label = "Language",
         .default_value = "en_US",
         .selection = {{"en_US", "English (US)"}}},
        {.name = "tz",
         .kind = FieldKind::selection,
         .label = "Timezone",
         .selection = {{"America/New_York", "America/New_York"},
                       {"Asia/Tokyo", "Asia/Tokyo"},
                       {"Europe/Brussels", "Europe/Brussels"},
                       {"Europe/London", "Europe/London"},
                       {"UTC", "UTC"}}},
    };
}

}  // namespace

OdooModel partner_model() {
    OdooModel partner{.name = "res.partner",
                      .label = "Contact",
                      .fields = values_of_a_partner(),
                      .order = "complete_name ASC, id DESC",
                      .search_names = {"complete_name", "email", "ref", "vat", "company_registry"}};
    for (OdooField& field : relations_of_a_partner()) partner.fields.push_back(std::move(field));
    partner.checks = {{.holds =
                           [](OdooRecord const& row) {
                               return value_of(row, "type") != "contact" || !value_of(row, "name").is_null();
                           },
                       .message = "Contacts require a name"}};
    partner.constraints = {
        {.holds = [](OdooStore const& store,
                     OdooRecord const& row) { return is_no_ancestor_of_itself("res.partner", store, row); },
         .message = "You cannot create recursive Partner hierarchies."}};
    partner.before_unlink = keep_partners_of_users;
    partner.display_name = complete_name;
    return partner;
}

OdooModel partner_category_model() {
    return {.name = "res.partner.category",
            .label = "Partner Tags",
            .fields = {{.name = "name", .label = "Name", .required = true},
                       flag("active", "Active", true),
                       {.name = "color", .kind = FieldKind::integer, .label = "Color Index"},
                       {.name = "parent_id",
                        .kind = FieldKind::many2one,
                        .label = "Category",
                        .relation = "res.partner.category",
                        .on_delete = OnDelete::cascade},
                       {.name = "child_ids",
                        .kind = FieldKind::one2many,
                        .label = "Child Tags",
                        .relation = "res.partner.category",
                        .inverse_name = "parent_id"}},
            .order = "name, id",
            .constraints = {{.holds =
                                 [](OdooStore const& store, OdooRecord const& row) {
                                     return is_no_ancestor_of_itself("res.partner.category", store, row);
                                 },
                             .message = "You can not create recursive tags."}}};
}

}  // namespace zenoo_rpc::testing
