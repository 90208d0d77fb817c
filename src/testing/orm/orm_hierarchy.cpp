// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/orm_hierarchy.hpp"

#include "testing/orm/display_name.hpp"
#include "testing/python/python_text.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;
using Ids = std::set<OdooId>;

/// Records by their ids, and by what their names contain.
Ids records_meant(OdooStore const& store, OdooModel const& model, json const& value) {
    Ids ids;
    auto const values = value.is_array() ? value : json::array({value});
    for (auto const& one : values) {
        if (one.is_number_integer()) ids.insert(one.get<OdooId>());
        if (!one.is_string()) continue;
        auto const wanted = python::lower(one.get_ref<std::string const&>());
        for (auto const& [id, record] : store.table(model.name)) {
            if (python::lower(display_name(store, model, record)).find(wanted) != std::string::npos) ids.insert(id);
        }
    }
    return ids;
}

void add_children(OdooStore const& store, std::string const& model, std::string const& parent, Ids& ids) {
    bool has_grown = true;
    while (has_grown) {
        has_grown = false;
        for (auto const& [id, record] : store.table(model)) {
            json const& above = value_of(record, parent);
            if (!above.is_null() && ids.contains(above.get<OdooId>())) has_grown |= ids.insert(id).second;
        }
    }
}

void add_parents(OdooStore const& store, std::string const& model, std::string const& parent, Ids& ids) {
    Ids last = ids;
    while (!last.empty()) {
        Ids next;
        for (OdooId const id : last) {
            OdooRecord const* record = store.find(model, id);
            json const above = record ? value_of(*record, parent) : json();
            if (!above.is_null() && ids.insert(above.get<OdooId>()).second) next.insert(above.get<OdooId>());
        }
        last = std::move(next);
    }
}

}  // namespace

bool is_hierarchical(std::string_view op) noexcept { return op == "child_of" || op == "parent_of"; }

RecordMatcher in_hierarchy(OdooEnvironment const& env, OdooModel const& model, OdooField const& field,
                           json const& item) {
    bool const is_id = field.name == "id";
    if (!is_id && !field.relational()) throw value_error("Invalid operator in condition " + python::repr_tuple(item));
    bool const is_parent = field.kind == FieldKind::many2one && field.relation == model.name;
    if (!is_id && !is_parent && field.relation == model.name) {
        throw not_simulated(python::str(item[1]) + " on " + model.name + "." + field.name);
    }
    OdooModel const& above = is_id ? model : env.store.model(field.relation);
    std::string const parent = is_parent ? field.name : "parent_id";
    Ids ids = records_meant(env.store, above, item[2]);
    OdooField const* const up = above.find_field(parent);
    if (up && up->relation == above.name) {
        (item[1] == "child_of" ? add_children : add_parents)(env.store, above.name, parent, ids);
    }
    if (is_id || is_parent) {
        return [ids](OdooRecord const& record) { return ids.contains(value_of(record, "id").get<OdooId>()); };
    }
    return [&store = env.store, field, ids](OdooRecord const& record) {
        json const cell = cell_of_relation(store, field, record);
        return std::ranges::any_of(cell, [&](json const& id) { return ids.contains(id.get<OdooId>()); });
    };
}

}  // namespace zenoo_rpc::testing
