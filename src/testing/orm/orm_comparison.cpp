// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/orm_comparison.hpp"

#include "testing/python/python_errors.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

/// Returns true if the text matches the pattern: `%` is any text, `_` any character.
bool like(std::string_view pattern, std::string_view text) {
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t retry_p = std::string_view::npos;
    std::size_t retry_t = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '%') {
            retry_p = p++;
            retry_t = t;
        } else if (p < pattern.size() && (pattern[p] == '_' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (retry_p != std::string_view::npos) {
            p = retry_p + 1;
            t = ++retry_t;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('%', p) == std::string_view::npos;
}

/// Returns the empty value of a type, from which Odoo 19 does not distinguish an empty cell.
json emptiness(FieldKind kind) {
    switch (kind) {
        case FieldKind::boolean: return false;
        case FieldKind::integer: return 0;
        case FieldKind::floating:
        case FieldKind::monetary: return 0.0;
        case FieldKind::character:
        case FieldKind::text:
        case FieldKind::html: return "";
        default: return nullptr;
    }
}

json comparable(OdooField const& field, json const& value) {
    if (value.is_null() || value == false) return emptiness(field.kind);
    if (field.kind == FieldKind::datetime && value.is_string() && value.get_ref<std::string const&>().size() == 10) {
        return value.get<std::string>() + " 00:00:00";
    }
    return value;
}

/// Returns the value to compare with. A date compared with a datetime is its last second if the day is to be included.
json bound(OdooField const& field, std::string_view op, json const& value) {
    json limit = comparable(field, value);
    if (field.kind == FieldKind::datetime && value.is_string() && value.get_ref<std::string const&>().size() == 10
        && (op == ">" || op == "<=")) {
        limit = value.get<std::string>() + " 23:59:59";
    }
    return limit;
}

CellTest compare(OdooField const& field, std::string_view op, json const& value) {
    json const limit = bound(field, op, value);
    return [field, op, limit](json const& cell) {
        json const mine = comparable(field, cell);
        if (mine.is_null() || limit.is_null()) return false;
        if (op == "<") return mine < limit;
        if (op == "<=") return mine <= limit;
        if (op == ">") return mine > limit;
        return mine >= limit;
    };
}

CellTest matches_text(std::string_view op, json const& value) {
    bool const whole = op.starts_with('=');
    bool const fold = op.find("ilike") != std::string_view::npos;
    std::string pattern = value == false || value.is_null() ? "" : python::str(value);
    if (fold) pattern = python::lower(pattern);
    if (!whole) pattern = "%" + pattern + "%";
    return [pattern, fold](json const& cell) {
        std::string const text = cell.is_null() ? "" : python::str(cell);
        return like(pattern, fold ? python::lower(text) : text);
    };
}

CellTest one_of(OdooField const& field, json const& value) {
    std::vector<json> wanted;
    if (value.is_array()) {
        for (auto const& item : value) wanted.push_back(comparable(field, item));
    } else {
        wanted.push_back(comparable(field, value));
    }
    return [field, wanted](json const& cell) {
        return std::ranges::find(wanted, comparable(field, cell)) != wanted.end();
    };
}

}  // namespace

Comparison comparison_in(json const& condition) {
    auto const& name = condition[1].get_ref<std::string const&>();
    std::string_view word = name;
    if (word == "!=" || word == "<>") return {"=", true};
    if (word == "==") return {"=", false};
    bool const negative = word.starts_with("not ");
    if (negative) word.remove_prefix(4);
    constexpr std::array<std::string_view, 11> known{"=",  "<",    "<=",    ">",     ">=",    "in",
                                                     "=?", "like", "ilike", "=like", "=ilike"};
    auto const found = std::ranges::find(known, word);
    bool const negatable = word == "in" || word.ends_with("like");
    if (found == known.end() || (negative && !negatable)) {
        throw python::value_error("Invalid operator in condition " + python::repr_tuple(condition));
    }
    return {*found, negative};
}

CellTest cell_test(OdooField const& field, std::string_view op, json const& value) {
    if (op == "=" || op == "in") return one_of(field, value);
    if (op.ends_with("like")) return matches_text(op, value);
    return compare(field, op, value);
}

}  // namespace zenoo_rpc::testing
