// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/orm_commands.hpp"

#include "testing/orm/orm_records.hpp"
#include "testing/python/python_text.hpp"

#include <algorithm>
#include <vector>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

enum class Verb { create, update, remove, unlink, link, clear, set };

struct Command {
    Verb verb = Verb::clear;
    OdooId id = 0;
    json payload{};  ///< values or ids
};

std::vector<Command> commands_from(OdooField const& field, json const& value) {
    std::vector<Command> commands;
    if (!python::truth(value)) {
        commands.push_back({Verb::clear});
        return commands;
    }
    if (!value.is_array()) throw value_error("Wrong value for " + field.name + ": " + python::repr(value));
    bool const plain_ids = std::ranges::all_of(value, [](json const& item) { return item.is_number_integer(); });
    if (plain_ids) {
        commands.push_back({Verb::set, 0, value});
        return commands;
    }
    for (auto const& item : value) {
        bool const known =
            item.is_array() && !item.empty() && item[0].is_number_integer() && item[0] >= 0 && item[0] <= 6;
        if (!known) throw value_error("Wrong value for " + field.name + ": " + python::repr(value));
        Command command{static_cast<Verb>(item[0].get<int>())};
        if (item.size() > 1 && item[1].is_number_integer()) command.id = item[1].get<OdooId>();
        if (item.size() > 2) command.payload = item[2];
        commands.push_back(std::move(command));
    }
    return commands;
}

std::vector<OdooId> children_of(OdooEnvironment const& env, OdooField const& field, OdooId parent) {
    std::vector<OdooId> ids;
    for (auto const& [id, row] : env.store.table(field.relation)) {
        if (value_of(row, field.inverse_name) == parent) ids.push_back(id);
    }
    return ids;
}

/// A child that must have a parent can only be taken from it by deleting it.
void detach(OdooEnvironment& env, OdooField const& field, OdooModel const& related, OdooId child) {
    OdooField const* inverse = related.find_field(field.inverse_name);
    if (inverse && (inverse->required || inverse->on_delete == OnDelete::cascade)) {
        unlink_records(env, related, {child});
    } else {
        write_records(env, related, {child}, {{field.inverse_name, false}});
    }
}

}  // namespace

json apply_many2many(OdooEnvironment& env, OdooField const& field, json const& before, json const& commands) {
    OdooModel const& related = env.store.model(field.relation);
    std::vector<OdooId> ids = ids_from(before);
    auto const add = [&](OdooId id) {
        if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    };
    for (Command const& command : commands_from(field, commands)) {
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
    for (Command const& command : commands_from(field, commands)) {
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

}  // namespace zenoo_rpc::testing
