// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_TESTING_ORM_EVERY_KIND_HPP
#define ZENOO_RPC_TESTS_TESTING_ORM_EVERY_KIND_HPP

#include <zenoo_rpc/testing/odoo_model.hpp>

namespace zenoo_rpc::tests {

/// Returns the model `x.every.kind`, with a field of every kind, some of them with a default.
inline testing::OdooModel every_kind() {
    using testing::FieldKind;
    return {.name = "x.every.kind",
            .label = "Every kind",
            .fields = {{.name = "x_name"},
                       {.name = "x_char"},
                       {.name = "x_boolean", .kind = FieldKind::boolean, .label = "A boolean", .default_value = true},
                       {.name = "x_integer", .kind = FieldKind::integer, .label = "An integer", .default_value = 7},
                       {.name = "x_float", .kind = FieldKind::floating},
                       {.name = "x_monetary", .kind = FieldKind::monetary, .digits = 2},
                       {.name = "x_date", .kind = FieldKind::date},
                       {.name = "x_datetime", .kind = FieldKind::datetime},
                       {.name = "x_selection",
                        .kind = FieldKind::selection,
                        .selection = {{"a", "Letter A"}, {"b", "Done"}, {"Done", "Other"}}},
                       {.name = "x_many2one", .kind = FieldKind::many2one, .relation = "res.country"},
                       {.name = "x_many2many", .kind = FieldKind::many2many, .relation = "res.country"},
                       {.name = "x_parent", .kind = FieldKind::many2one, .label = "Parent", .relation = "x.every.kind"},
                       {.name = "x_children",
                        .kind = FieldKind::one2many,
                        .relation = "x.every.kind",
                        .inverse_name = "x_parent"},
                       {.name = "x_binary", .kind = FieldKind::binary}},
            .search_names = {"x_name"}};
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_TESTING_ORM_EVERY_KIND_HPP
