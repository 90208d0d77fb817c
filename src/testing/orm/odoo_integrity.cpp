// SPDX-License-Identifier: BSL-1.0
#include "testing/python/python_text.hpp"

#include <zenoo_rpc/testing/odoo_exception.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <algorithm>
#include <string>

// The constraints of the database: what PostgreSQL refuses, in the words Odoo makes of it.

namespace zenoo_rpc::testing {

namespace {

IntegrityError missing_value(OdooModel const& model, OdooField const& field) {
    return IntegrityError{"Missing required value for the field '" + field.label_or_name() + "' (" + field.name +
                              ").\nModel: '" + model.label_or_name() + "' (" + model.name +
                              ")\n- create/update: a mandatory field is not set\n- delete: another model requires the "
                              "record being deleted, you can archive it instead\n",
                          model.name, field.name};
}

/// Odoo uses these words for both ends of a foreign key.
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

}  // namespace

/// What no table is asked about: such a row is refused before it has an id.
void OdooStore::check_values(Entry const& entry, OdooRecord const& row) {
    for (OdooField const& field : entry.model.fields) {
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

void OdooStore::check(Entry const& entry, OdooRecord const& row) const {
    for (OdooField const& field : entry.model.fields) {
        bool const missing = field.required && field.stored() && value_of(row, field.name).is_null();
        if (missing) throw missing_value(entry.model, field);
    }
    for (OdooCheck const& check : entry.model.checks) {
        if (!check.holds(row)) throw IntegrityError{check.message};
    }
    check_unique(entry, row);
    check_references(entry, row);
}

void OdooStore::check_unique(Entry const& entry, OdooRecord const& row) const {
    for (OdooUnique const& unique : entry.model.unique) {
        std::string const column = unique.columns.size() == 1 ? unique.columns.front() : std::string{};
        auto const refuse = [&] {
            throw IntegrityError{unique.message.empty() ? duplicate_key(entry.model, unique, row) : unique.message,
                                 entry.model.name, column};
        };
        if (entry.model.name == "ir.model.data") {
            auto const found = external_ids_.find(value_of(row, "module").get<std::string>() + "."
                                                  + value_of(row, "name").get<std::string>());
            if (found != external_ids_.end() && found->second != value_of(row, "id")) refuse();
            continue;
        }
        for (auto const& [id, other] : entry.rows) {
            if (value_of(row, "id") != id && agree(unique, row, other)) refuse();
        }
    }
}

void OdooStore::check_references(Entry const& entry, OdooRecord const& row) const {
    for (OdooField const& field : entry.model.fields) {
        auto const& value = value_of(row, field.name);
        if (!field.stored() || value.is_null()) continue;
        if (field.kind == FieldKind::many2one) {
            bool const itself = field.relation == entry.model.name && value == value_of(row, "id");
            bool const known = find_model(field.relation);
            if (known && !itself && !find(field.relation, value.get<OdooId>())) {
                throw still_referenced(entry.model, field);
            }
        } else if (field.kind == FieldKind::many2many) {
            for (auto const& id : value) {
                if (find(field.relation, id.get<OdooId>())) continue;
                throw IntegrityError{"insert or update on table \"" + table_name(entry.model) + "_" + field.name
                                     + "_rel\" violates foreign key constraint\nDETAIL:  Key (" + field.name + ")=("
                                     + id.dump() + ") is not present in table.\n"};
            }
        }
    }
}

/// What happens elsewhere when a row goes: references to it are emptied, forbid it or go too; its names are forgotten.
void OdooStore::release(std::string const& model, OdooId id) {
    auto const referring = [&](OdooField const& field, OdooRecord const& row) {
        auto const& value = value_of(row, field.name);
        if (field.kind == FieldKind::many2many) return std::ranges::find(value, nlohmann::json(id)) != value.end();
        return value == id;
    };
    for (auto& [name, entry] : entries_) {
        for (OdooField const& field : entry.model.fields) {
            bool const points_here = field.stored() && field.relational() && field.relation == model;
            if (!points_here) continue;
            std::vector<OdooId> found;
            for (auto const& [other, row] : entry.rows) {
                if (referring(field, row) && !(name == model && other == id)) found.push_back(other);
            }
            for (OdooId const other : found) {
                OdooRecord row = entry.rows.at(other);
                if (field.kind == FieldKind::many2many) {
                    nlohmann::json left = nlohmann::json::array();
                    for (auto const& item : row[field.name]) {
                        if (item != id) left.push_back(item);
                    }
                    row[field.name] = std::move(left);
                    put(name, other, std::move(row));
                } else if (field.on_delete == OnDelete::cascade) {
                    erase(name, other);
                } else if (field.on_delete == OnDelete::restrict || field.required) {
                    throw still_referenced(entry.model, field);
                } else {
                    row[field.name] = nullptr;
                    put(name, other, std::move(row));
                }
            }
        }
    }
    std::vector<OdooId> names;
    for (auto const& [row_id, row] : table("ir.model.data")) {
        if (value_of(row, "model") == model && value_of(row, "res_id") == id) names.push_back(row_id);
    }
    for (OdooId const name : names) put("ir.model.data", name, std::nullopt);
}

}  // namespace zenoo_rpc::testing
