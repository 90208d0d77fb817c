// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/external_ids.hpp"
#include "testing/orm/odoo_integrity.hpp"
#include "testing/python/python_text.hpp"

#include <zenoo_rpc/testing/odoo_store.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

/// Returns the default display name of a record: its first search name, otherwise its model and id.
std::string default_name(OdooModel const& model, OdooRecord const& record) {
    if (!model.search_names.empty()) {
        auto const& name = value_of(record, model.search_names.front());
        if (!name.is_null()) return python::str(name);
        if (model.find_field(model.search_names.front())) return {};
    }
    return model.name + "," + python::str(value_of(record, "id"));
}

void complete(OdooModel& model) {
    if (!model.display_name) {
        model.display_name = [name = model.name](OdooStore const& store, OdooRecord const& record) {
            return default_name(store.model(name), record);
        };
    }
    auto const add = [&](OdooField field) {
        if (!model.find_field(field.name)) model.fields.push_back(std::move(field));
    };
    add({.name = "id", .kind = FieldKind::integer, .label = "ID", .readonly = true});
    add({.name = "display_name",
         .label = "Display Name",
         .readonly = true,
         .compute = [name = model.name](OdooStore const& store, OdooRecord const& record) {
             return json(store.model(name).display_name(store, record));
         }});
    add({.name = "create_date", .kind = FieldKind::datetime, .label = "Created on", .readonly = true});
    add({.name = "write_date", .kind = FieldKind::datetime, .label = "Last Updated on", .readonly = true});
    add({.name = "create_uid",
         .kind = FieldKind::many2one,
         .label = "Created by",
         .readonly = true,
         .relation = "res.users"});
    add({.name = "write_uid",
         .kind = FieldKind::many2one,
         .label = "Last Updated by",
         .readonly = true,
         .relation = "res.users"});
}

/// Returns the stored value: null for an empty cell, even if the caller passed false.
json cell(OdooField const& field, json value) {
    if (value == false && field.kind != FieldKind::boolean) return nullptr;
    return value;
}

void set_cells(OdooModel const& model, OdooRecord& row, OdooRecord const& values) {
    for (auto const& [name, value] : values) {
        OdooField const* field = model.find_field(name);
        if (!field || !field->stored()) {
            throw std::invalid_argument{"no such stored field in the simulator: " + model.name + "." + name};
        }
        row[name] = cell(*field, value);
    }
}

void place(detail::OdooTables& tables, std::string const& model, OdooId id, std::optional<OdooRecord> const& row) {
    detail::OdooTable& target = tables.at(model);
    if (model == detail::external_id_model) {
        if (OdooRecord const* before = tables.find(model, id)) {
            tables.external_ids.erase(detail::external_id_of(*before));
        }
        if (row) tables.external_ids[detail::external_id_of(*row)] = id;
    }
    if (row) {
        target.rows[id] = *row;
        target.next_id = std::max(target.next_id, id + 1);
    } else {
        target.rows.erase(id);
    }
}

/// Returns the time of a transaction. No clock is read: each is one second after the previous one.
std::string time_of(std::int64_t commits) {
    using namespace std::chrono;
    sys_seconds const time = sys_days{2026y / January / 1} + seconds{commits};
    auto const day = floor<days>(time);
    year_month_day const date{day};
    hh_mm_ss const clock{time - day};
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d:%02d", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text;
}

}  // namespace

OdooStore::OdooStore() { add_model(model_of_external_ids()); }

void OdooStore::add_model(OdooModel model) {
    if (find_model(model.name)) throw std::invalid_argument{"model already exists in the simulator: " + model.name};
    complete(model);
    std::string const name = model.name;
    tables_.by_model.emplace(name, detail::OdooTable{std::move(model)});
}

void OdooStore::add_field(std::string_view model, OdooField field) {
    OdooModel& target = tables_.at(model).model;
    if (target.find_field(field.name)) {
        throw std::invalid_argument{"field already exists in the simulator: " + target.name + "." + field.name};
    }
    target.fields.push_back(std::move(field));
}

void OdooStore::add_method(std::string_view model, std::string name, OdooMethod method) {
    tables_.at(model).model.methods.insert_or_assign(std::move(name), std::move(method));
}

OdooModel const* OdooStore::find_model(std::string_view model) const noexcept {
    auto const* const table = tables_.find(model);
    return table ? &table->model : nullptr;
}

OdooModel const& OdooStore::model(std::string_view model) const { return tables_.at(model).model; }

OdooId OdooStore::insert(std::string_view model, OdooRecord values) {
    OdooTransaction transaction{*this};
    detail::OdooTable& target = tables_.at(model);
    OdooRecord row;
    for (OdooField const& field : target.model.fields) {
        if (field.stored() && !field.default_value.is_null()) row[field.name] = field.default_value;
    }
    row["create_date"] = row["write_date"] = time_of(commits_);
    row["create_uid"] = row["write_uid"] = uid_;
    set_cells(target.model, row, values);
    check_values(target.model, row);
    OdooId const id = values.contains("id") ? values["id"].get<OdooId>() : target.next_id;
    row["id"] = id;
    target.next_id = std::max(target.next_id, id + 1);
    check_row(tables_, target.model, row);
    put(target.model.name, id, std::move(row));
    transaction.commit();
    return id;
}

void OdooStore::update(std::string_view model, OdooId id, OdooRecord const& values) {
    OdooTransaction transaction{*this};
    detail::OdooTable const& target = tables_.at(model);
    auto const found = target.rows.find(id);
    if (found == target.rows.end()) {
        throw std::invalid_argument{"no such row in the simulator: " + target.model.name + ", id "
                                    + std::to_string(id)};
    }
    OdooRecord row = found->second;
    row["write_date"] = time_of(commits_);
    row["write_uid"] = uid_;
    set_cells(target.model, row, values);
    check_values(target.model, row);
    check_row(tables_, target.model, row);
    put(target.model.name, id, std::move(row));
    transaction.commit();
}

void OdooStore::erase(std::string_view model, OdooId id) {
    OdooTransaction transaction{*this};
    std::string const name = tables_.at(model).model.name;
    release(name, id);
    put(name, id, std::nullopt);
    transaction.commit();
}

OdooRecord const* OdooStore::find(std::string_view model, OdooId id) const noexcept { return tables_.find(model, id); }

OdooStore::Table const& OdooStore::table(std::string_view model) const { return tables_.at(model).rows; }

OdooRecord const* OdooStore::find_external_id(std::string_view external_id) const noexcept {
    auto const found = tables_.external_ids.find(external_id);
    return found == tables_.external_ids.end() ? nullptr : find(detail::external_id_model, found->second);
}

std::optional<OdooReference> OdooStore::resolve(std::string_view external_id) const {
    OdooRecord const* row = find_external_id(external_id);
    if (!row) return std::nullopt;
    return OdooReference{value_of(*row, "model").get<std::string>(), value_of(*row, "res_id").get<OdooId>()};
}

void OdooStore::set_external_id(std::string_view external_id, OdooReference target, bool noupdate) {
    auto const dot = external_id.find('.');
    if (dot == std::string_view::npos) {
        throw std::invalid_argument{"external id must have the form module.name, but is " + std::string{external_id}};
    }
    auto const found = tables_.external_ids.find(external_id);
    if (found != tables_.external_ids.end()) {
        update(detail::external_id_model, found->second, {{"model", target.model}, {"res_id", target.id}});
        return;
    }
    insert(detail::external_id_model, {{"module", external_id.substr(0, dot)},
                                       {"name", external_id.substr(dot + 1)},
                                       {"model", target.model},
                                       {"res_id", target.id},
                                       {"noupdate", noupdate}});
}

void OdooStore::on_commit(CommitHook hook) { hooks_.insert(hooks_.begin(), std::move(hook)); }

void OdooStore::replay(OdooChange const& change) { place(tables_, change.model, change.id, change.after); }

void OdooStore::put(std::string const& model, OdooId id, std::optional<OdooRecord> row) {
    OdooRecord const* before = find(model, id);
    changes_.push_back({model, id, before ? std::optional{*before} : std::nullopt, std::move(row)});
    place(tables_, model, id, changes_.back().after);
}

/// Applies the deletion of a row to other rows: clears references to it, deletes the referring rows or throws, and
/// deletes its external ids.
void OdooStore::release(std::string const& model, OdooId id) {
    for (auto const& [name, table] : tables_.by_model) {
        for (OdooField const& field : table.model.fields) {
            bool const points_here = field.stored() && field.relational() && field.relation == model;
            if (!points_here) continue;
            for (OdooId const other : referring_rows(table, field, {model, id})) {
                if (field.kind != FieldKind::many2many && field.on_delete == OnDelete::cascade) {
                    erase(name, other);
                } else {
                    put(name, other, without_reference(table, field, other, id));
                }
            }
        }
    }
    std::vector<OdooId> names;
    for (auto const& [row_id, row] : table(detail::external_id_model)) {
        if (value_of(row, "model") == model && value_of(row, "res_id") == id) names.push_back(row_id);
    }
    for (OdooId const name : names) put(std::string{detail::external_id_model}, name, std::nullopt);
}

OdooTransaction::OdooTransaction(OdooStore& store) noexcept : store_{store}, mark_{store.changes_.size()} {
    ++store_.open_transactions_;
}

OdooTransaction::~OdooTransaction() {
    --store_.open_transactions_;
    if (committed_) return;
    while (store_.changes_.size() > mark_) {
        OdooChange const change = std::move(store_.changes_.back());
        store_.changes_.pop_back();
        place(store_.tables_, change.model, change.id, change.before);
    }
}

void OdooTransaction::commit() {
    if (store_.open_transactions_ == 1 && !store_.changes_.empty()) {
        for (auto const& hook : store_.hooks_) hook(store_.changes_);
        store_.changes_.clear();
        ++store_.commits_;
    }
    committed_ = true;
}

}  // namespace zenoo_rpc::testing
