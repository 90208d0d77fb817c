// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/load_cells.hpp"

#include "testing/orm/orm_values.hpp"
#include "testing/python/python_errors.hpp"

#include <algorithm>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

std::string const& reference_column(ImportRecord const& record) {
    for (ImportCell const& cell : record.cells) {
        if (!is_reference(cell.field)) {
            throw RefusedCell{
                {"Can not create Many-To-One records indirectly, import the field separately", {}, false, false}};
        }
    }
    if (record.cells.size() != 1) {
        throw RefusedCell{
            {"Ambiguous specification for field '%(field)s', only provide one of name, external id or "
             "database id",
             {},
             false,
             false}};
    }
    return record.cells.front().field;
}

std::vector<std::string> split(std::string const& text) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        std::size_t const end = std::min(text.find(',', begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

json to_number(OdooField const& field, json const& value) {
    if (!value.is_string()) return value;  // `create` converts it if possible
    auto const& text = value.get_ref<std::string const&>();
    if (field.kind == FieldKind::integer) {
        if (auto const number = python::parse_int(text)) return *number;
        throw RefusedCell{{"'" + text + "' does not seem to be an integer for field '%(field)s'"}};
    }
    if (auto const number = python::parse_float(text)) return *number;
    throw RefusedCell{{"'" + text + "' does not seem to be a number for field '%(field)s'"}};
}

json to_boolean(json const& value) {
    std::string const& word = python::text_of(value, "lower");
    if (auto const truth = boolean_word(word)) return *truth;
    throw RefusedCell{{"Unknown value '" + word + "' for boolean field '%(field)s'", "Use '1' for yes and '0' for no"}};
}

json to_selection(OdooField const& field, json const& value) {
    std::string const word = python::lower(python::text_of(value, "lower"));
    auto labels = json::array();
    for (auto const& [key, label] : field.selection) {
        // The first entry with this key or label: an earlier label can shadow a key.
        if (word == python::lower(key) || word == python::lower(label)) return key;
        labels.push_back(label.empty() ? key : label);
    }
    throw RefusedCell{{"Value '" + value.get<std::string>() + "' not found in selection field '%(field)s'", labels}};
}

}  // namespace

CellConverter::CellConverter(OdooEnvironment const& env, FindReference find_reference)
    : env_{env}, find_reference_{std::move(find_reference)} {}

json CellConverter::convert(OdooModel const& model, ImportRecord const& record, ReportProblem const& report) {
    auto values = json::object();
    for (ImportCell const& cell : record.cells) {
        if (is_reference(cell.field)) continue;
        OdooField const& field = *model.find_field(cell.field);
        if (!python::truth(cell.value) && cell.related.empty()) {
            values[cell.field] = false;
            continue;
        }
        try {
            values[cell.field] = convert_cell(model, field, cell, report);
        } catch (RefusedCell const& refused) {
            report(field, refused.problem);
        }
    }
    return values;
}

json CellConverter::convert_cell(OdooModel const& model, OdooField const& field, ImportCell const& cell,
                                 ReportProblem const& report) {
    switch (field.kind) {
        case FieldKind::many2one: return to_many2one(field, cell, report);
        case FieldKind::many2many: return to_many2many(field, cell, report);
        case FieldKind::one2many: return to_one2many(field, cell, report);
        case FieldKind::boolean: return to_boolean(cell.value);
        case FieldKind::selection: return to_selection(field, cell.value);
        case FieldKind::date:
        case FieldKind::datetime: return to_date(field, cell.value);
        case FieldKind::integer:
        case FieldKind::floating:
        case FieldKind::monetary: return to_cell(model, field, to_number(field, cell.value));
        default: return cell.value;
    }
}

json CellConverter::to_date(OdooField const& field, json const& value) {
    if (!value.is_string()) {
        throw python::type_error("'" + std::string{python::type_name(value)} + "' object is not subscriptable");
    }
    auto const& text = value.get_ref<std::string const&>();
    bool const day_only = field.kind == FieldKind::date;
    auto const time = day_only ? normalized_date(text) : normalized_datetime(text);
    if (!time) {
        throw RefusedCell{{"'" + text + "' does not seem to be a valid " + (day_only ? "date" : "datetime")
                               + " for field '%(field)s'",
                           day_only ? "Use the format '2012-12-31'" : "Use the format '2012-12-31 23:59:59'"}};
    }
    if (!day_only) refuse_time_zones();
    return *time;
}

/// Throws unless the time zone is UTC, the only one supported. Odoo uses the zone of the context, otherwise the user's.
void CellConverter::refuse_time_zones() const {
    json zone = env_.context.value("tz", json());
    if (!python::truth(zone)) {
        if (OdooRecord const* user = env_.store.find("res.users", env_.uid)) zone = value_of(*user, "tz");
    }
    if (python::truth(zone) && zone != "UTC" && zone != "Etc/UTC") {
        throw python::not_simulated("the time zone " + python::str(zone));
    }
}

json CellConverter::to_many2one(OdooField const& field, ImportCell const& cell, ReportProblem const& report) {
    ImportRecord const& reference = cell.related.front();
    std::string const by = reference_column(reference);
    return find_reference_(field, by, reference.cells.front().value, report);
}

json CellConverter::to_many2many(OdooField const& field, ImportCell const& cell, ReportProblem const& report) {
    ImportRecord const& reference = cell.related.front();
    std::string const by = reference_column(reference);
    auto ids = json::array();
    for (std::string const& part : split(python::text_of(reference.cells.front().value, "split"))) {
        ids.push_back(find_reference_(field, by, part, report));
    }
    return json::array({json::array({6, 0, ids})});
}

json CellConverter::to_one2many(OdooField const& field, ImportCell const& cell, ReportProblem const& report) {
    OdooModel const& related = env_.store.model(field.relation);
    ReportProblem const report_child = [&](OdooField const& child, CellProblem const& problem) {
        if (problem.warning) return report(field, problem);
        CellProblem passed_on = problem;
        passed_on.message = about_field(problem.message, "%(field)s/" + child.label_or_name());
        throw RefusedCell{passed_on};
    };
    auto commands = json::array();
    for (ImportRecord const& child : cell.related) {
        json const values = convert(related, child, report_child);
        json id;
        for (ImportCell const& part : child.cells) {
            if (!is_reference(part.field) || !python::truth(part.value)) continue;
            if (part.field != ".id") {
                throw python::not_simulated("children of " + field.name + " that are imported by name or external id");
            }
            id = find_reference_(field, part.field, part.value, report);
        }
        if (id.is_null()) {
            commands.push_back(json::array({0, 0, values}));
        } else {
            commands.push_back(json::array({4, id, false}));
            commands.push_back(json::array({1, id, values}));
        }
    }
    return commands;
}

}  // namespace zenoo_rpc::testing
