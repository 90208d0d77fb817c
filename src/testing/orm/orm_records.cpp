// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/orm_records.hpp"

#include "testing/orm/orm_access.hpp"
#include "testing/orm/orm_commands.hpp"
#include "testing/orm/orm_values.hpp"
#include "testing/python/python_text.hpp"

#include <algorithm>
#include <array>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

/// The ORM keeps these itself and ignores what a client says about them.
constexpr std::array<std::string_view, 5> kept_by_odoo{"id", "create_date", "create_uid", "write_date", "write_uid"};

OdooField const& field_of(OdooModel const& model, std::string const& name) {
    if (OdooField const* field = model.find_field(name)) return *field;
    throw value_error("Invalid field '" + name + "' in '" + model.name + "'");
}

/// What a client sent: the row, and the children that can only be made once the row exists.
struct Incoming {
    OdooRecord row;
    std::vector<std::pair<OdooField const*, json>> children;
};

void refuse_unknown(OdooModel const& model, json const& values) {
    if (!values.is_object()) {
        throw OdooException{"builtins.AttributeError",
                            "'" + std::string{python::type_name(values)} + "' object has no attribute 'items'"};
    }
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
    json missing = json::array();
    for (OdooId const id : ids) {
        if (!env.store.find(model.name, id)) missing.push_back(id);
    }
    if (!missing.empty()) throw missing_error(env, model.name, python::repr_tuple(missing));
}

std::vector<OdooField const*> fields_to_read(OdooModel const& model, json const& names) {
    std::vector<OdooField const*> fields;
    if (!python::truth(names)) {
        for (OdooField const& field : model.fields) fields.push_back(&field);
        return fields;
    }
    for (auto const& name : names) {
        OdooField const* field = name.is_string() ? model.find_field(name.get_ref<std::string const&>()) : nullptr;
        if (!field) throw value_error("Invalid field " + python::repr(name) + " on '" + model.name + "'");
        fields.push_back(field);
    }
    return fields;
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
        if (!record) continue;  // went with an earlier one, by a cascade
        if (model.before_unlink) model.before_unlink(env.store, *record);
        env.store.erase(model.name, id);
    }
}

json read_records(OdooEnvironment const& env, OdooModel const& model, std::vector<OdooId> const& ids,
                  json const& fields, bool pairs) {
    check_access(env, model, Access::read);
    auto const wanted = fields_to_read(model, fields);
    json records = json::array();
    for (OdooId const id : ids) {
        OdooRecord const* record = env.store.find(model.name, id);
        if (!record) continue;
        json answer = {{"id", id}};
        for (OdooField const* field : wanted) {
            answer[field->name] = to_answer(env, *field, cell_of(env.store, *field, *record), pairs);
        }
        records.push_back(std::move(answer));
    }
    return records;
}

std::vector<OdooId> ids_from(json const& value) {
    if (!python::truth(value)) return {};
    if (value.is_number_integer()) return {value.get<OdooId>()};
    std::vector<OdooId> ids;
    for (auto const& id : value) {
        if (!id.is_number_integer()) {
            throw OdooException{"psycopg2.errors.InvalidTextRepresentation",
                                "invalid input syntax for type integer: \"" + python::str(id) + "\"\n"};
        }
        if (std::ranges::find(ids, id.get<OdooId>()) == ids.end()) ids.push_back(id.get<OdooId>());
    }
    return ids;
}

}  // namespace zenoo_rpc::testing
