// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/orm_search.hpp"

#include "testing/orm/orm_cells.hpp"
#include "testing/orm/orm_domain.hpp"
#include "testing/python/python_errors.hpp"

#include <algorithm>
#include <compare>
#include <ranges>
#include <sstream>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

struct OrderTerm {
    OdooField const* field = nullptr;
    bool descending = false;
};

std::vector<OrderTerm> order_terms(OdooModel const& model, std::string const& order) {
    std::vector<OrderTerm> terms;
    for (auto const part : order | std::views::split(',')) {
        std::istringstream words{std::string(part.begin(), part.end())};
        std::string name;
        std::string direction;
        words >> name >> direction;
        direction = python::lower(direction);
        if (name.empty() || !(direction.empty() || direction == "asc" || direction == "desc")) {
            throw OdooException{"odoo.exceptions.UserError",
                                "Invalid \"order\" specified (" + order +
                                    "). A valid \"order\" specification is a comma-separated list of valid field names "
                                    "(optionally followed by asc/desc for the direction)"};
        }
        OdooField const* field = model.find_field(name);
        if (!field) throw python::value_error("Invalid field '" + name + "' on '" + model.name + "'");
        terms.push_back({field, direction == "desc"});
    }
    return terms;
}

/// Returns the sort key of a field: the name for a relation; for text, case-insensitive first, then exact.
json sort_key(OdooStore const& store, OdooField const& field, OdooRecord const& record) {
    json cell = cell_of(store, field, record);
    if (field.kind == FieldKind::many2one && !cell.is_null()) {
        OdooRecord const* other = store.find(field.relation, cell.get<OdooId>());
        if (other) cell = store.model(field.relation).display_name(store, *other);
    }
    if (!cell.is_string()) return cell;
    return json::array({python::lower(cell.get_ref<std::string const&>()), cell});
}

std::strong_ordering order_of(json const& left, json const& right) {
    if (left == right) return std::strong_ordering::equal;
    if (left.is_null() || right.is_null()) {  // PostgreSQL: empty cells are greater than all others
        return left.is_null() ? std::strong_ordering::greater : std::strong_ordering::less;
    }
    return left < right ? std::strong_ordering::less : std::strong_ordering::greater;
}

void sort_ids(OdooEnvironment const& env, OdooModel const& model, std::string const& order, std::vector<OdooId>& ids) {
    auto const terms = order_terms(model, order);
    struct Keyed {
        OdooId id;
        std::vector<json> keys;
    };
    std::vector<Keyed> keyed;
    for (OdooId const id : ids) {
        Keyed entry{id, {}};
        OdooRecord const& record = *env.store.find(model.name, id);
        for (OrderTerm const& term : terms) entry.keys.push_back(sort_key(env.store, *term.field, record));
        keyed.push_back(std::move(entry));
    }
    std::ranges::sort(keyed, [&](Keyed const& left, Keyed const& right) {
        for (std::size_t i = 0; i < terms.size(); ++i) {
            auto const relation = order_of(left.keys[i], right.keys[i]);
            if (relation == std::strong_ordering::equal) continue;
            return terms[i].descending ? relation == std::strong_ordering::greater
                                       : relation == std::strong_ordering::less;
        }
        return left.id < right.id;
    });
    ids.clear();
    for (Keyed const& entry : keyed) ids.push_back(entry.id);
}

std::size_t count_from(OdooDialect dialect, json const& value, std::size_t absent) {
    if (value.is_null() || value == false) return absent;
    auto const number = value.is_number_integer() ? std::optional{value.get<std::int64_t>()}
                        : value.is_string()       ? python::parse_int(value.get_ref<std::string const&>())
                                                  : std::nullopt;
    if (number && *number >= 0) return static_cast<std::size_t>(*number);
    if (dialect == OdooDialect::odoo16) throw python::type_error("%d format: a real number is required, not str");
    throw OdooException{"psycopg2.errors.InvalidTextRepresentation",
                        "invalid input syntax for type bigint: \"" + python::str(value) + "\"\n"};
}

}  // namespace

std::vector<OdooId> search_records(OdooEnvironment const& env, OdooModel const& model, json const& domain,
                                   SearchWindow const& window) {
    check_access(env, model, Access::read);
    auto const matches = compile_domain(env.store, model, domain);
    bool const only_active = env.active_test() && model.find_field("active") && !mentions(domain, "active");
    std::vector<OdooId> ids;
    for (auto const& [id, record] : env.store.table(model.name)) {
        if (only_active && value_of(record, "active") != true) continue;
        if (matches(record)) ids.push_back(id);
    }
    sort_ids(env, model, python::truth(window.order) ? python::str(window.order) : model.order, ids);

    std::size_t const offset = std::min(count_from(env.store.dialect(), window.offset, 0), ids.size());
    std::size_t limit = count_from(env.store.dialect(), window.limit, ids.size());
    if (limit == 0) limit = ids.size();  // in Odoo 0 means no limit
    ids.erase(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(offset));
    ids.resize(std::min(limit, ids.size()));
    return ids;
}

std::vector<OdooId> search_names(OdooEnvironment const& env, OdooModel const& model, json const& name,
                                 std::string const& op, json const& domain, SearchWindow const& window) {
    auto condition = json::array();
    if (python::truth(name)) {
        for (std::size_t i = 1; i < model.search_names.size(); ++i) condition.push_back("|");
        for (std::string const& field : model.search_names) condition.push_back(json::array({field, op, name}));
    }
    if (domain.is_array() && !domain.empty()) {
        if (!condition.empty()) condition.insert(condition.begin(), "&");
        for (auto const& item : domain) condition.push_back(item);
    }
    return search_records(env, model, condition, window);
}

}  // namespace zenoo_rpc::testing
