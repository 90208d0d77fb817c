// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/orm_domain.hpp"

#include "testing/orm/orm_condition.hpp"
#include "testing/python/python_text.hpp"

#include <ranges>
#include <string>
#include <vector>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

OdooException invalid_item(json const& item) {
    return value_error("Domain() invalid item in domain: " + python::repr(item));
}

bool is_condition(json const& item) { return item.is_array() && item.size() == 3; }

RecordMatcher negated(RecordMatcher matcher) {
    return [matcher = std::move(matcher)](OdooRecord const& record) { return !matcher(record); };
}

/// Has a record behind this field for which the domain holds.
RecordMatcher refers_to_any(OdooEnvironment const& env, OdooField const& field, json const& domain) {
    RecordMatcher related = compile_domain(env, env.store.model(field.relation), domain);
    return [&store = env.store, &field, related = std::move(related)](OdooRecord const& record) {
        json const cell = cell_of_relation(store, field, record);
        return std::ranges::any_of(cell, [&](json const& id) {
            OdooRecord const* other = store.find(field.relation, id.get<OdooId>());
            return other && related(*other);
        });
    };
}

RecordMatcher compile_condition(OdooEnvironment const& env, OdooModel const& model, json const& item) {
    if (item[0].is_number_integer()) {  // (1, '=', 1) and (0, '=', 1): always and never
        bool const always = item[0] == 1;
        return [always](OdooRecord const&) { return always; };
    }
    if (!item[0].is_string() || !item[1].is_string()) throw invalid_item(item);
    auto const& path = item[0].get_ref<std::string const&>();
    auto const dot = path.find('.');
    OdooField const* field = model.find_field(path.substr(0, dot));
    if (!field || (dot != std::string::npos && !field->relational())) {
        throw value_error("Invalid field " + model.name + "." + path + " in condition " + python::repr_tuple(item));
    }
    if (dot != std::string::npos) {
        json const rest = json::array({json::array({path.substr(dot + 1), item[1], item[2]})});
        return refers_to_any(env, *field, rest);
    }
    bool const is_not_any = item[1] == "not any";
    if (item[1] != "any" && !is_not_any) return condition(env, model, *field, item);
    if (env.store.dialect() == OdooDialect::odoo16) throw value_error("Invalid leaf " + python::repr_tuple(item));
    if (!field->relational() || !item[2].is_array()) {
        throw value_error("Invalid operator in condition " + python::repr_tuple(item));
    }
    auto any = refers_to_any(env, *field, item[2]);
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
    if (stack.empty()) throw value_error("Domain() invalid domain: " + python::repr(domain));
    RecordMatcher top = std::move(stack.back());
    stack.pop_back();
    return top;
}

}  // namespace

RecordMatcher compile_domain(OdooEnvironment const& env, OdooModel const& model, json const& domain) {
    RecordMatcher everything = [](OdooRecord const&) { return true; };
    if (!python::truth(domain)) return everything;
    if (!domain.is_array()) throw type_error("Domain() invalid argument type for domain: " + python::repr(domain));

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
            stack.push_back(compile_condition(env, model, item));
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
