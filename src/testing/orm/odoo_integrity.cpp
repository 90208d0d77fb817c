// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/odoo_integrity.hpp"

#include "testing/python/python_text.hpp"

#include <zenoo_rpc/testing/odoo_exception.hpp>

#include <algorithm>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

using detail::OdooTable;
using detail::OdooTables;
using nlohmann::json;

IntegrityError missing_value(OdooModel const& model, OdooField const& field) {
    return IntegrityError{"Missing required value for the field '" + field.label_or_name() + "' (" + field.name +
                              ").\nModel: '" + model.label_or_name() + "' (" + model.name +
                              ")\n- create/update: a mandatory field is not set\n- delete: another model requires the "
                              "record being deleted, you can archive it instead\n",
                          model.name, field.name};
}

/// Returns the error for a foreign key; Odoo uses the same message for both of its ends.
IntegrityError still_referenced(OdooModel const& model, OdooField const& field) {
    return IntegrityError{"Another model is using the record you are trying to delete.\n\nThe troublemaker is: '"
                              + model.label_or_name() + "' (" + model.name + ")\nThanks to the following constraint: '"
                              + field.label_or_name() + "' (" + field.name
                              + ")\nHow about archiving the record instead?",
                          model.name, field.name};
}

std::string table_name(OdooModel const& model) {
    std::string name = model.name;
    std::ranges::replace(name, '.', '_');
    return name;
}

std::string duplicate_key(OdooModel const& model, OdooUnique const& unique, OdooRecord const& row) {
    std::string columns;
    std::string values;
    std::string index = table_name(model);
    for (std::string const& column : unique.columns) {
        columns += (columns.empty() ? "" : ", ") + column;
        values += (values.empty() ? "" : ", ") + python::str(value_of(row, column));
        index += "_" + column;
    }
    return "duplicate key value violates unique constraint \"" + index + "_uniq_index\"\nDETAIL:  Key (" + columns
           + ")=(" + values + ") already exists.\n";
}

bool agree(OdooUnique const& unique, OdooRecord const& left, OdooRecord const& right) {
    return std::ranges::all_of(unique.columns, [&](std::string const& column) {
        auto const& value = value_of(left, column);
        return !value.is_null() && value == value_of(right, column);
    });
}

void check_unique(OdooTables const& tables, OdooModel const& model, OdooRecord const& row) {
    for (OdooUnique const& unique : model.unique) {
        auto const refuse = [&] {
            std::string const column = unique.columns.size() == 1 ? unique.columns.front() : std::string{};
            throw IntegrityError{unique.message.empty() ? duplicate_key(model, unique, row) : unique.message,
                                 model.name, column};
        };
        if (model.name == detail::external_id_model) {  // has an index, because there are many rows
            auto const found = tables.external_ids.find(detail::external_id_of(row));
            if (found != tables.external_ids.end() && found->second != value_of(row, "id")) refuse();
            continue;
        }
        for (auto const& [id, other] : tables.at(model.name).rows) {
            if (value_of(row, "id") != id && agree(unique, row, other)) refuse();
        }
    }
}

void check_reference(OdooTables const& tables, OdooModel const& model, OdooField const& field, OdooRecord const& row) {
    auto const& value = value_of(row, field.name);
    bool const itself = field.relation == model.name && value == value_of(row, "id");
    if (itself || !tables.find(field.relation) || tables.find(field.relation, value.get<OdooId>())) return;
    throw still_referenced(model, field);
}

void check_members(OdooTables const& tables, OdooModel const& model, OdooField const& field, json const& ids) {
    for (auto const& id : ids) {
        if (tables.find(field.relation, id.get<OdooId>())) continue;
        throw IntegrityError{"insert or update on table \"" + table_name(model) + "_" + field.name
                             + "_rel\" violates foreign key constraint\nDETAIL:  Key (" + field.name + ")=(" + id.dump()
                             + ") is not present in table.\n"};
    }
}

void check_references(OdooTables const& tables, OdooModel const& model, OdooRecord const& row) {
    for (OdooField const& field : model.fields) {
        auto const& value = value_of(row, field.name);
        if (!field.stored() || value.is_null()) continue;
        if (field.kind == FieldKind::many2one) check_reference(tables, model, field, row);
        if (field.kind == FieldKind::many2many) check_members(tables, model, field, value);
    }
}

bool refers(OdooField const& field, OdooRecord const& row, OdooId target) {
    auto const& value = value_of(row, field.name);
    if (field.kind == FieldKind::many2many) return std::ranges::find(value, json(target)) != value.end();
    return value == target;
}

}  // namespace

void check_values(OdooModel const& model, OdooRecord const& row) {
    for (OdooField const& field : model.fields) {
        auto const& value = value_of(row, field.name);
        if (value.is_string() && value.get_ref<std::string const&>().find('\0') != std::string::npos) {
            throw OdooException{"builtins.ValueError", "A string literal cannot contain NUL (0x00) characters."};
        }
        if (field.kind == FieldKind::integer && value.is_number_integer() && field.name != "id"
            && (value > 2147483647 || value < -2147483648LL)) {
            throw OdooException{"psycopg2.errors.NumericValueOutOfRange", "integer out of range\n"};
        }
    }
}

void check_row(OdooTables const& tables, OdooModel const& model, OdooRecord const& row) {
    for (OdooField const& field : model.fields) {
        bool const missing = field.required && field.stored() && value_of(row, field.name).is_null();
        if (missing) throw missing_value(model, field);
    }
    for (OdooCheck const& check : model.checks) {
        if (!check.holds(row)) throw IntegrityError{check.message};
    }
    check_unique(tables, model, row);
    check_references(tables, model, row);
}

std::vector<OdooId> referring_rows(OdooTable const& table, OdooField const& field, RowKey target) {
    std::vector<OdooId> found;
    for (auto const& [id, row] : table.rows) {
        bool const is_itself = table.model.name == target.model && id == target.id;
        if (!is_itself && refers(field, row, target.id)) found.push_back(id);
    }
    return found;
}

OdooRecord without_reference(OdooTable const& table, OdooField const& field, OdooId id, OdooId target) {
    OdooRecord row = table.rows.at(id);
    if (field.kind == FieldKind::many2many) {
        auto left = json::array();
        for (auto const& item : row[field.name]) {
            if (item != target) left.push_back(item);
        }
        row[field.name] = std::move(left);
        return row;
    }
    if (field.on_delete == OnDelete::restrict || field.required) throw still_referenced(table.model, field);
    row[field.name] = nullptr;
    return row;
}

}  // namespace zenoo_rpc::testing
