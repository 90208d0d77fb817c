// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/orm_hierarchy.hpp"

#include "testing/python/python_text.hpp"

#include <utility>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;
using Ids = std::set<OdooId>;

/// Returns the records with the given ids, or whose names contain the given texts.
Ids records_meant(OdooStore const& store, OdooModel const& model, json const& value) {
    Ids ids;
    auto const values = value.is_array() ? value : json::array({value});
    for (auto const& one : values) {
        if (one.is_number_integer()) ids.insert(one.get<OdooId>());
        if (!one.is_string()) continue;
        auto const wanted = python::lower(one.get_ref<std::string const&>());
        for (auto const& [id, record] : store.table(model.name)) {
            if (python::lower(model.display_name(store, record)).find(wanted) != std::string::npos) ids.insert(id);
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

std::set<OdooId> hierarchy_of(OdooStore const& store, OdooModel const& model, std::string const& parent,
                              std::string_view op, json const& value) {
    Ids ids = records_meant(store, model, value);
    OdooField const* const up = model.find_field(parent);
    if (up && up->relation == model.name) {
        (op == "child_of" ? add_children : add_parents)(store, model.name, parent, ids);
    }
    return ids;
}

}  // namespace zenoo_rpc::testing
