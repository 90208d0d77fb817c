// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/external_ids.hpp"

#include <zenoo_rpc/testing/detail/odoo_tables.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

bool has_no_space_in_name(OdooRecord const& row) {
    auto const& name = value_of(row, "name");
    return !name.is_string() || name.get_ref<std::string const&>().find(' ') == std::string::npos;
}

}  // namespace

OdooModel model_of_external_ids() {
    auto const complete_name = [](OdooStore const&, OdooRecord const& row) {
        return json(detail::external_id_of(row));
    };
    return {
        .name = std::string{detail::external_id_model},
        .label = "Model Data",
        .fields = {{.name = "module", .label = "Module", .required = true, .default_value = ""},
                   {.name = "name", .label = "External Identifier", .required = true},
                   {.name = "model", .label = "Model Name", .required = true},
                   {.name = "res_id", .kind = FieldKind::integer, .label = "Record ID"},
                   {.name = "noupdate", .kind = FieldKind::boolean, .label = "Non Updatable", .default_value = false},
                   {.name = "complete_name", .label = "Complete ID", .readonly = true, .compute = complete_name}},
        .order = "module, model, name",
        .unique = {{.columns = {"module", "name"}, .message = {}}},
        .checks = {{.holds = has_no_space_in_name,
                    .message = "new row for relation \"ir_model_data\" violates check constraint "
                               "\"ir_model_data_name_nospaces\"\n"}},
        .access = {.read = "Access Rights", .write = "Access Rights"}};
}

std::string full_external_id(std::string const& text) {
    return text.find('.') == std::string::npos ? "__import__." + text : text;
}

std::set<std::string> external_ids_in_load(json const& fields, json const& rows) {
    std::set<std::string> ids;
    auto const column = std::ranges::find(fields, json("id"));
    if (!fields.is_array() || !rows.is_array() || column == fields.end()) return ids;
    auto const index = static_cast<std::size_t>(std::distance(fields.begin(), column));
    for (auto const& row : rows) {
        if (!row.is_array() || index >= row.size() || !row[index].is_string()) continue;
        if (auto const& id = row[index].get_ref<std::string const&>(); !id.empty()) ids.insert(full_external_id(id));
    }
    return ids;
}

}  // namespace zenoo_rpc::testing
