// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/orm_records.hpp"

#include "testing/orm/orm_commands.hpp"
#include "testing/orm/orm_values.hpp"
#include "testing/python/python_errors.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;
using Verb = OrmCommand::Verb;

/// Fields that the ORM maintains itself; values from clients are ignored.
constexpr std::array<std::string_view, 5> kept_by_odoo{"id", "create_date", "create_uid", "write_date", "write_uid"};

OdooField const& field_of(OdooModel const& model, std::string const& name) {
    if (OdooField const* field = model.find_field(name)) return *field;
    throw python::value_error("Invalid field '" + name + "' in '" + model.name + "'");
}

std::vector<OdooId> children_of(OdooEnvironment const& env, OdooField const& field, OdooId parent) {
    std::vector<OdooId> ids;
    for (auto const& [id, row] : env.store.table(field.relation)) {
        if (value_of(row, field.inverse_name) == parent) ids.push_back(id);
    }
    return ids;
}

/// Removes a child from its parent; deletes it if it must have a parent.
void detach(OdooEnvironment& env, OdooField const& field, OdooModel const& related, OdooId child) {
    OdooField const* inverse = related.find_field(field.inverse_name);
    if (inverse && (inverse->required || inverse->on_delete == OnDelete::cascade)) {
        unlink_records(env, related, {child});
    } else {
        write_records(env, related, {child}, {{field.inverse_name, false}});
    }
}

json apply_many2many(OdooEnvironment& env, OdooField const& field, json const& before, json const& commands) {
    OdooModel const& related = env.store.model(field.relation);
    std::vector<OdooId> ids = ids_from(before);
    auto const add = [&](OdooId id) {
        if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    };
    for (OrmCommand const& command : commands_from(field, commands)) {
        switch (command.verb) {
            case Verb::create: add(create_record(env, related, command.payload)); break;
            case Verb::update: write_records(env, related, {command.id}, command.payload); break;
            case Verb::remove:
                unlink_records(env, related, {command.id});
                std::erase(ids, command.id);
                break;
            case Verb::unlink: std::erase(ids, command.id); break;
            case Verb::link: add(command.id); break;
            case Verb::clear: ids.clear(); break;
            case Verb::set: ids = ids_from(command.payload); break;
        }
    }
    std::ranges::sort(ids);
    return ids;
}

void apply_one2many(OdooEnvironment& env, OdooField const& field, OdooId parent, json const& commands) {
    OdooModel const& related = env.store.model(field.relation);
    auto const keep_only = [&](std::vector<OdooId> const& kept) {
        for (OdooId const child : children_of(env, field, parent)) {
            if (std::ranges::find(kept, child) == kept.end()) detach(env, field, related, child);
        }
        for (OdooId const child : kept) write_records(env, related, {child}, {{field.inverse_name, parent}});
    };
    for (OrmCommand const& command : commands_from(field, commands)) {
        switch (command.verb) {
            case Verb::create: {
                json values = command.payload;
                values[field.inverse_name] = parent;
                create_record(env, related, values);
                break;
            }
            case Verb::update: write_records(env, related, {command.id}, command.payload); break;
            case Verb::remove: unlink_records(env, related, {command.id}); break;
            case Verb::unlink: detach(env, field, related, command.id); break;
            case Verb::link: write_records(env, related, {command.id}, {{field.inverse_name, parent}}); break;
            case Verb::clear: keep_only({}); break;
            case Verb::set: keep_only(ids_from(command.payload)); break;
        }
    }
}

/// The values a client sent: the row, and the children, which can only be created once the row exists.
struct Incoming {
    OdooRecord row;
    std::vector<std::pair<OdooField const*, json>> children;
};

void refuse_unknown(OdooModel const& model, json const& values) {
    if (!values.is_object()) throw python::no_attribute(values, "items");
    for (auto const& [name, value] : values.items()) field_of(model, name);
}

Incoming sort_values(OdooEnvironment& env, OdooModel const& model, json const& values, OdooRecord const& before) {
    Incoming incoming;
    for (auto const& [name, value] : values.items()) {
        OdooField const& field = field_of(model, name);
        if (std::ranges::find(kept_by_odoo, name) != kept_by_odoo.end()) continue;
        if (field.compute) {
            if (field.inverse) field.inverse(incoming.row, to_cell(model, field, value));
        } else if (field.kind == FieldKind::one2many) {
            incoming.children.emplace_back(&field, value);
        } else if (field.kind == FieldKind::many2many) {
            incoming.row[name] = apply_many2many(env, field, value_of(before, name), value);
        } else {
            incoming.row[name] = to_cell(model, field, value);
        }
    }
    return incoming;
}

json with_context_defaults(OdooEnvironment const& env, OdooModel const& model, json values) {
    constexpr std::string_view prefix = "default_";
    for (auto const& [key, value] : env.context.items()) {
        if (!std::string_view{key}.starts_with(prefix)) continue;
        std::string const name = key.substr(prefix.size());
        if (model.find_field(name) && !values.contains(name)) values[name] = value;
    }
    return values;
}

void check_constraints(OdooEnvironment const& env, OdooModel const& model, OdooId id) {
    OdooRecord const& record = *env.store.find(model.name, id);
    for (OdooConstraint const& constraint : model.constraints) {
        if (!constraint.holds(env.store, record)) throw validation_error(constraint.message);
    }
}

void refuse_missing(OdooEnvironment const& env, OdooModel const& model, std::vector<OdooId> const& ids) {
    auto missing = json::array();
    for (OdooId const id : ids) {
        if (!env.store.find(model.name, id)) missing.push_back(id);
    }
    if (!missing.empty()) throw missing_error(env, model.name, python::repr_tuple(missing));
}

}  // namespace

OdooId create_record(OdooEnvironment& env, OdooModel const& model, json const& values) {
    check_access(env, model, Access::create);
    refuse_unknown(model, values);
    Incoming incoming = sort_values(env, model, with_context_defaults(env, model, values), {});
    OdooId const id = env.store.insert(model.name, std::move(incoming.row));
    for (auto const& [field, commands] : incoming.children) apply_one2many(env, *field, id, commands);
    check_constraints(env, model, id);
    return id;
}

void write_records(OdooEnvironment& env, OdooModel const& model, std::vector<OdooId> const& ids, json const& values) {
    check_access(env, model, Access::modify);
    refuse_unknown(model, values);
    refuse_missing(env, model, ids);
    for (OdooId const id : ids) {
        Incoming const incoming = sort_values(env, model, values, *env.store.find(model.name, id));
        env.store.update(model.name, id, incoming.row);
        for (auto const& [field, commands] : incoming.children) apply_one2many(env, *field, id, commands);
        check_constraints(env, model, id);
    }
}

void unlink_records(OdooEnvironment& env, OdooModel const& model, std::vector<OdooId> const& ids) {
    check_access(env, model, Access::remove);
    refuse_missing(env, model, ids);
    for (OdooId const id : ids) {
        OdooRecord const* record = env.store.find(model.name, id);
        if (!record) continue;  // deleted with an earlier one, by a cascade
        if (model.before_unlink) model.before_unlink(env.store, *record);
        env.store.erase(model.name, id);
    }
}

}  // namespace zenoo_rpc::testing
