// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/orm_domain.hpp"

#include "testing/orm/orm_cells.hpp"
#include "testing/orm/orm_comparison.hpp"
#include "testing/orm/orm_hierarchy.hpp"
#include "testing/python/python_errors.hpp"

#include <algorithm>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

OdooException invalid_item(json const& item) {
    return python::value_error("Domain() invalid item in domain: " + python::repr(item));
}

OdooException invalid_operator(json const& item) {
    return python::value_error("Invalid operator in condition " + python::repr_tuple(item));
}

bool is_condition(json const& item) { return item.is_array() && item.size() == 3; }

RecordMatcher negated(RecordMatcher matcher) {
    return [matcher = std::move(matcher)](OdooRecord const& record) { return !matcher(record); };
}

/// Compares a relation by id, or by name if the value is text.
RecordMatcher relation_test(OdooStore const& store, OdooField const& field, std::string_view op, json const& value) {
    bool const textual =
        op.ends_with("like") || value.is_string() || (value.is_array() && !value.empty() && value.front().is_string());
    CellTest test;
    if (textual) {
        OdooField const name{.name = "display_name"};
        CellTest by_name = cell_test(name, op, value);
        test = [&store, field, by_name](json const& id) {
            OdooRecord const* record = store.find(field.relation, id.get<OdooId>());
            return record && by_name(store.model(field.relation).display_name(store, *record));
        };
    } else {
        test = cell_test(OdooField{.name = "id", .kind = FieldKind::many2one}, op, value);
    }
    bool const finds_empty =
        (op == "=" && (value.is_null() || value == false))
        || (op == "in" && value.is_array() && std::ranges::find(value, json(false)) != value.end());
    return [&store, field, test, finds_empty](OdooRecord const& record) {
        json const ids = related_ids(store, field, record);
        if (ids.empty()) return finds_empty;
        return std::ranges::any_of(ids, test);
    };
}

/// Matches records whose field refers to one of the given records, or to one below (above) them.
///
/// For a many2one to its own model, Odoo tests the record itself and uses the field as the link to its parent.
RecordMatcher in_hierarchy(OdooStore const& store, OdooModel const& model, OdooField const& field, json const& item) {
    bool const is_id = field.name == "id";
    if (!is_id && !field.relational()) throw invalid_operator(item);
    bool const is_parent = field.kind == FieldKind::many2one && field.relation == model.name;
    if (!is_id && !is_parent && field.relation == model.name) {
        throw python::not_simulated(python::str(item[1]) + " on " + model.name + "." + field.name);
    }
    OdooModel const& above = is_id ? model : store.model(field.relation);
    std::string const parent = is_parent ? field.name : "parent_id";
    auto const ids = hierarchy_of(store, above, parent, item[1].get_ref<std::string const&>(), item[2]);
    if (is_id || is_parent) {
        return [ids](OdooRecord const& record) { return ids.contains(value_of(record, "id").get<OdooId>()); };
    }
    return [&store, field, ids](OdooRecord const& record) {
        json const cell = related_ids(store, field, record);
        return std::ranges::any_of(cell, [&](json const& id) { return ids.contains(id.get<OdooId>()); });
    };
}

/// Matches a condition on a field of the model itself.
RecordMatcher matches_field(OdooStore const& store, OdooModel const& model, OdooField const& field, json const& item) {
    if (is_hierarchical(item[1].get_ref<std::string const&>())) return in_hierarchy(store, model, field, item);
    Comparison op = comparison_in(item);
    json const& value = item[2];
    if (op.base == "=?") {
        if (!python::truth(value)) return [](OdooRecord const&) { return true; };
        op.base = "=";
    }
    RecordMatcher matches;
    if (field.relational()) {
        matches = relation_test(store, field, op.base, value);
    } else {
        matches = [&store, &field, test = cell_test(field, op.base, value)](OdooRecord const& record) {
            return test(cell_of(store, field, record));
        };
    }
    return op.negative ? negated(std::move(matches)) : matches;
}

/// Matches records whose field refers to a record that satisfies the domain.
RecordMatcher refers_to_any(OdooStore const& store, OdooField const& field, json const& domain) {
    RecordMatcher related = compile_domain(store, store.model(field.relation), domain);
    return [&store, &field, related = std::move(related)](OdooRecord const& record) {
        json const cell = related_ids(store, field, record);
        return std::ranges::any_of(cell, [&](json const& id) {
            OdooRecord const* other = store.find(field.relation, id.get<OdooId>());
            return other && related(*other);
        });
    };
}

RecordMatcher compile_condition(OdooStore const& store, OdooModel const& model, json const& item) {
    if (item[0].is_number_integer()) {  // (1, '=', 1) matches always, (0, '=', 1) never
        bool const always = item[0] == 1;
        return [always](OdooRecord const&) { return always; };
    }
    if (!item[0].is_string() || !item[1].is_string()) throw invalid_item(item);
    auto const& path = item[0].get_ref<std::string const&>();
    auto const dot = path.find('.');
    OdooField const* field = model.find_field(path.substr(0, dot));
    if (!field || (dot != std::string::npos && !field->relational())) {
        throw python::value_error("Invalid field " + model.name + "." + path + " in condition "
                                  + python::repr_tuple(item));
    }
    if (dot != std::string::npos) {
        auto const remaining = json::array({json::array({path.substr(dot + 1), item[1], item[2]})});
        return refers_to_any(store, *field, remaining);
    }
    bool const is_not_any = item[1] == "not any";
    if (item[1] != "any" && !is_not_any) return matches_field(store, model, *field, item);
    if (store.dialect() == OdooDialect::odoo16) throw python::value_error("Invalid leaf " + python::repr_tuple(item));
    if (!field->relational() || !item[2].is_array()) throw invalid_operator(item);
    auto any = refers_to_any(store, *field, item[2]);
    return is_not_any ? negated(std::move(any)) : any;
}

RecordMatcher both(RecordMatcher left, RecordMatcher right) {
    return [left = std::move(left), right = std::move(right)](OdooRecord const& record) {
        return left(record) && right(record);
    };
}

RecordMatcher either(RecordMatcher left, RecordMatcher right) {
    return [left = std::move(left), right = std::move(right)](OdooRecord const& record) {
        return left(record) || right(record);
    };
}

RecordMatcher pop(std::vector<RecordMatcher>& stack, json const& domain) {
    if (stack.empty()) throw python::value_error("Domain() invalid domain: " + python::repr(domain));
    RecordMatcher top = std::move(stack.back());
    stack.pop_back();
    return top;
}

}  // namespace

RecordMatcher compile_domain(OdooStore const& store, OdooModel const& model, json const& domain) {
    RecordMatcher everything = [](OdooRecord const&) { return true; };
    if (!python::truth(domain)) return everything;
    if (!domain.is_array()) {
        throw python::type_error("Domain() invalid argument type for domain: " + python::repr(domain));
    }

    // Prefix notation read backwards is postfix notation.
    std::vector<RecordMatcher> stack;
    for (std::size_t i = domain.size(); i-- > 0;) {
        json const& item = domain[i];
        if (item == "&" || item == "|") {
            RecordMatcher left = pop(stack, domain);
            RecordMatcher right = pop(stack, domain);
            stack.push_back(item == "&" ? both(std::move(left), std::move(right))
                                        : either(std::move(left), std::move(right)));
        } else if (item == "!") {
            stack.push_back(negated(pop(stack, domain)));
        } else if (is_condition(item)) {
            stack.push_back(compile_condition(store, model, item));
        } else {
            throw invalid_item(item);
        }
    }
    RecordMatcher all = std::move(stack.back());
    stack.pop_back();
    for (RecordMatcher& matcher : stack | std::views::reverse) all = both(std::move(all), std::move(matcher));
    return all;
}

bool mentions(json const& domain, std::string_view field) {
    if (!domain.is_array()) return false;
    for (auto const& item : domain) {
        if (is_condition(item) && item[0] == field) return true;
    }
    return false;
}

}  // namespace zenoo_rpc::testing
