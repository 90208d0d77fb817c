// SPDX-License-Identifier: BSL-1.0
#include "testing/seed/seed_models.hpp"

#include <cmath>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

json decimal_places(OdooStore const&, OdooRecord const& currency) {
    double const rounding = value_of(currency, "rounding").get<double>();
    return rounding > 0 && rounding < 1 ? static_cast<int>(std::ceil(std::log10(1 / rounding))) : 0;
}

}  // namespace

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
