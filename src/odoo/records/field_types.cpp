// SPDX-License-Identifier: BSL-1.0
#include "odoo/records/field_types.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace zenoo_rpc {

namespace {

using nlohmann::json;

/// `[["contact", "Contact"], ...]`
std::vector<FieldType::Choice> choices_in(json const& about) {
    std::vector<FieldType::Choice> choices;
    auto const selection = about.find("selection");
    if (selection == about.end() || !selection->is_array()) return choices;
    for (auto const& entry : *selection) {
        if (!entry.is_array() || entry.size() != 2 || !entry[0].is_string()) continue;
        choices.push_back({entry[0].get<std::string>(), entry[1].is_string() ? entry[1].get<std::string>() : ""});
    }
    return choices;
}

}  // namespace

FieldTypes field_types(json const& fields_get) {
    FieldTypes types;
    for (auto const& [name, about] : fields_get.items()) {
        if (!about.is_object()) continue;
        auto const type = about.find("type");
        if (type == about.end() || !type->is_string()) continue;
        types.emplace(name, FieldType{type->get<std::string>(), choices_in(about)});
    }
    return types;
}

}  // namespace zenoo_rpc
