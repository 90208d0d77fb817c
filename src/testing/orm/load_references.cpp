// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/load_references.hpp"

#include "testing/orm/external_ids.hpp"
#include "testing/orm/orm_search.hpp"
#include "testing/python/python_errors.hpp"

#include <string_view>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

/// Returns the action that Odoo's import dialog would open.
json possible_values(OdooField const& field, std::string const& by) {
    json action = {{"name", "Possible Values"},
                   {"type", "ir.actions.act_window"},
                   {"target", "new"},
                   {"view_mode", "list,form"},
                   {"views", json::array({json::array({false, "list"}), json::array({false, "form"})})},
                   {"context", {{"create", false}}},
                   {"help", "See all possible values"},
                   {"res_model", by.empty() ? field.relation : "ir.model.data"}};
    if (!by.empty()) action["domain"] = json::array({json::array({"model", "=", field.relation})});
    return action;
}

OdooId database_id(OdooField const& field, json const& value) {
    if (value.is_number()) return static_cast<OdooId>(value.get<double>());
    if (!value.is_string()) throw python::no_integer(value);
    auto const id = python::parse_int(value.get_ref<std::string const&>());
    if (id) return *id;
    throw RefusedCell{{"Invalid database id '" + value.get<std::string>() + "' for the field '%(field)s'",
                       possible_values(field, ".id")}};
}

bool means_nothing(json const& value) {
    return value.is_string() && boolean_word(value.get_ref<std::string const&>()) == false;
}

}  // namespace

ReferenceFinder::ReferenceFinder(OdooEnvironment const& env, Flush flush) : env_{env}, flush_{std::move(flush)} {}

json ReferenceFinder::find(OdooField const& field, std::string const& by, json const& value,
                           ReportProblem const& report) const {
    std::optional<OdooId> found;
    std::string_view kind = "name";
    if (by == ".id") {
        if (means_nothing(value)) return false;
        kind = "database id";
        OdooId const id = database_id(field, value);
        if (env_.store.find(field.relation, id)) found = id;
    } else if (by == "id") {
        kind = "external id";
        std::string const& text = python::text_of(value, "lower");
        if (means_nothing(value)) return false;
        found = find_by_external_id(field, text);
    } else {
        found = find_by_name(field, value, report);
    }
    if (found) return *found;
    throw RefusedCell{
        {"No matching record found for " + std::string{kind} + " '" + python::str(value) + "' in field '%(field)s'",
         possible_values(field, by)}};
}

std::optional<OdooId> ReferenceFinder::find_by_external_id(OdooField const& field,
                                                           std::string const& external_id) const {
    std::string const full = full_external_id(external_id);
    flush_(full, {});
    auto const target = env_.store.resolve(full);
    if (!target || !env_.store.find(target->model, target->id)) return std::nullopt;
    if (target->model != field.relation) {
        CellProblem problem{"Invalid external ID " + full + ": expected model '" + field.relation + "', found '"
                            + target->model + "'"};
        problem.names_field = false;
        throw RefusedCell{problem};
    }
    return target->id;
}

std::optional<OdooId> ReferenceFinder::find_by_name(OdooField const& field, json const& name,
                                                    ReportProblem const& report) const {
    if (!name.is_string()) {
        throw python::type_error("'" + std::string{python::type_name(name)} + "' object is not a name");
    }
    flush_({}, field.relation);
    auto const ids = search_names(env_, env_.store.model(field.relation), name, "=", {}, {.limit = 100});
    if (ids.empty()) return std::nullopt;
    if (ids.size() > 1) {
        CellProblem problem{"Found multiple matches for value \"" + name.get<std::string>()
                            + "\" in field \"%(field)s\" (" + std::to_string(ids.size()) + " matches)"};
        problem.warning = true;
        problem.names_field = false;
        report(field, problem);
    }
    return ids.front();
}

}  // namespace zenoo_rpc::testing
