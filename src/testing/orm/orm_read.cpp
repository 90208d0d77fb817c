// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/orm_read.hpp"

#include "testing/orm/orm_cells.hpp"
#include "testing/python/python_errors.hpp"

#include <utility>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

std::vector<OdooField const*> fields_to_read(OdooModel const& model, json const& names) {
    std::vector<OdooField const*> fields;
    if (!python::truth(names)) {
        for (OdooField const& field : model.fields) fields.push_back(&field);
        return fields;
    }
    for (auto const& name : names) {
        OdooField const* field = name.is_string() ? model.find_field(name.get_ref<std::string const&>()) : nullptr;
        if (!field) throw python::value_error("Invalid field " + python::repr(name) + " on '" + model.name + "'");
        fields.push_back(field);
    }
    return fields;
}

bool archived(OdooRecord const& record) { return record.contains("active") && value_of(record, "active") != true; }

json read_many(OdooEnvironment const& env, OdooField const& field, json const& cell) {
    auto ids = json::array();
    for (auto const& id : cell) {
        OdooRecord const* record = env.store.find(field.relation, id.get<OdooId>());
        if (record && !(env.active_test() && archived(*record))) ids.push_back(id);
    }
    return ids;
}

json read_one(OdooEnvironment const& env, OdooField const& field, json const& cell, bool pairs) {
    if (cell.is_null()) return false;
    if (!pairs) return cell;
    OdooModel const* model = env.store.find_model(field.relation);
    OdooRecord const* record = env.store.find(field.relation, cell.get<OdooId>());
    if (!model || !record) return json::array({cell, field.relation + "," + cell.dump()});
    return json::array({cell, model->display_name(env.store, *record)});
}

json read_cell(OdooEnvironment const& env, OdooField const& field, json const& cell, bool pairs) {
    if (field.secret) return "";
    switch (field.kind) {
        case FieldKind::many2one: return read_one(env, field, cell, pairs);
        case FieldKind::one2many:
        case FieldKind::many2many: return read_many(env, field, cell);
        case FieldKind::integer: return cell.is_null() ? json(0) : cell;
        case FieldKind::floating:
        case FieldKind::monetary: return cell.is_null() ? json(0.0) : cell;
        default: return cell.is_null() ? json(false) : cell;
    }
}

}  // namespace

json read_records(OdooEnvironment const& env, OdooModel const& model, std::vector<OdooId> const& ids,
                  json const& fields, bool pairs) {
    check_access(env, model, Access::read);
    auto const wanted = fields_to_read(model, fields);
    auto records = json::array();
    for (OdooId const id : ids) {
        OdooRecord const* record = env.store.find(model.name, id);
        if (!record) continue;
        json read = {{"id", id}};
        for (OdooField const* field : wanted) {
            read[field->name] = read_cell(env, *field, cell_of(env.store, *field, *record), pairs);
        }
        records.push_back(std::move(read));
    }
    return records;
}

}  // namespace zenoo_rpc::testing
