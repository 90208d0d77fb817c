// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/display_name.hpp"

#include <zenoo_rpc/testing/odoo_store.hpp>

#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

constexpr std::string_view external_id_model = "ir.model.data";

std::string external_id_of(OdooRecord const& row) {
    return value_of(row, "module").get<std::string>() + "." + value_of(row, "name").get<std::string>();
}

void add_common_fields(OdooModel& model) {
    auto const add = [&](OdooField field) {
        if (!model.find_field(field.name)) model.fields.push_back(std::move(field));
    };
    add({.name = "id", .kind = FieldKind::integer, .label = "ID", .readonly = true});
    add({.name = "display_name",
         .label = "Display Name",
         .readonly = true,
         .compute = [name = model.name](OdooStore const& store, OdooRecord const& record) {
             return nlohmann::json(display_name(store, store.model(name), record));
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

OdooModel external_ids() {
    return {
        .name = std::string{external_id_model},
        .label = "Model Data",
        .fields = {{.name = "module", .label = "Module", .required = true, .default_value = ""},
                   {.name = "name", .label = "External Identifier", .required = true},
                   {.name = "model", .label = "Model Name", .required = true},
                   {.name = "res_id", .kind = FieldKind::integer, .label = "Record ID"},
                   {.name = "noupdate", .kind = FieldKind::boolean, .label = "Non Updatable", .default_value = false},
                   {.name = "complete_name",
                    .label = "Complete ID",
                    .readonly = true,
                    .compute = [](OdooStore const&,
                                  OdooRecord const& row) { return nlohmann::json(external_id_of(row)); }}},
        .order = "module, model, name",
        .unique = {{.columns = {"module", "name"}, .message = {}}},
        .checks = {{.holds =
                        [](OdooRecord const& row) {
                            auto const& name = value_of(row, "name");
                            return !name.is_string() || name.get<std::string>().find(' ') == std::string::npos;
                        },
                    .message = "new row for relation \"ir_model_data\" violates check constraint "
                               "\"ir_model_data_name_nospaces\"\n"}},
        .access = {.read = "Access Rights", .write = "Access Rights"}};
}

/// An empty cell is null, however the caller spelled it.
nlohmann::json cell(OdooField const& field, nlohmann::json value) {
    if (value == false && field.kind != FieldKind::boolean) return nullptr;
    return value;
}

void set_cells(OdooModel const& model, OdooRecord& row, OdooRecord const& values) {
    for (auto const& [name, value] : values) {
        OdooField const* field = model.find_field(name);
        if (!field || !field->stored()) {
            throw std::invalid_argument{model.name + " stores no field " + name};
        }
        row[name] = cell(*field, value);
    }
}

}  // namespace

OdooStore::OdooStore() { add_model(external_ids()); }

void OdooStore::add_model(OdooModel model) {
    if (find_model(model.name)) throw std::invalid_argument{"there is a model " + model.name + " already"};
    add_common_fields(model);
    std::string const name = model.name;
    entries_.emplace(name, Entry{std::move(model), {}});
}

void OdooStore::add_field(std::string_view model, OdooField field) {
    OdooModel& target = entry(model).model;
    if (target.find_field(field.name)) {
        throw std::invalid_argument{target.name + " has a field " + field.name + " already"};
    }
    target.fields.push_back(std::move(field));
}

void OdooStore::add_method(std::string_view model, std::string name, OdooMethod method) {
    entry(model).model.methods.insert_or_assign(std::move(name), std::move(method));
}

OdooModel const* OdooStore::find_model(std::string_view model) const noexcept {
    auto const found = entries_.find(model);
    return found == entries_.end() ? nullptr : &found->second.model;
}

OdooModel const& OdooStore::model(std::string_view model) const { return entry(model).model; }

OdooStore::Entry& OdooStore::entry(std::string_view model) {
    return const_cast<Entry&>(std::as_const(*this).entry(model));
}

OdooStore::Entry const& OdooStore::entry(std::string_view model) const {
    auto const found = entries_.find(model);
    if (found == entries_.end()) throw std::invalid_argument{"there is no model " + std::string{model}};
    return found->second;
}

OdooId OdooStore::insert(std::string_view model, OdooRecord values) {
    OdooTransaction transaction{*this};
    Entry& target = entry(model);
    OdooRecord row;
    for (OdooField const& field : target.model.fields) {
        if (field.stored() && !field.default_value.is_null()) row[field.name] = field.default_value;
    }
    row["create_date"] = row["write_date"] = now();
    row["create_uid"] = row["write_uid"] = uid_;
    set_cells(target.model, row, values);
    check_values(target, row);
    OdooId const id = values.contains("id") ? values["id"].get<OdooId>() : target.next_id;
    row["id"] = id;
    target.next_id = std::max(target.next_id, id + 1);
    check(target, row);
    put(target.model.name, id, std::move(row));
    transaction.commit();
    return id;
}

void OdooStore::update(std::string_view model, OdooId id, OdooRecord const& values) {
    OdooTransaction transaction{*this};
    Entry const& target = entry(model);
    auto const found = target.rows.find(id);
    if (found == target.rows.end()) {
        throw std::invalid_argument{target.model.name + " has no row " + std::to_string(id)};
    }
    OdooRecord row = found->second;
    row["write_date"] = now();
    row["write_uid"] = uid_;
    set_cells(target.model, row, values);
    check_values(target, row);
    check(target, row);
    put(target.model.name, id, std::move(row));
    transaction.commit();
}

void OdooStore::erase(std::string_view model, OdooId id) {
    OdooTransaction transaction{*this};
    std::string const name = entry(model).model.name;
    release(name, id);
    put(name, id, std::nullopt);
    transaction.commit();
}

OdooRecord const* OdooStore::find(std::string_view model, OdooId id) const noexcept {
    auto const found = entries_.find(model);
    if (found == entries_.end()) return nullptr;
    auto const row = found->second.rows.find(id);
    return row == found->second.rows.end() ? nullptr : &row->second;
}

OdooStore::Table const& OdooStore::table(std::string_view model) const { return entry(model).rows; }

OdooRecord const* OdooStore::find_external_id(std::string_view external_id) const noexcept {
    auto const found = external_ids_.find(external_id);
    return found == external_ids_.end() ? nullptr : find(external_id_model, found->second);
}

std::optional<OdooReference> OdooStore::resolve(std::string_view external_id) const {
    OdooRecord const* row = find_external_id(external_id);
    if (!row) return std::nullopt;
    return OdooReference{value_of(*row, "model").get<std::string>(), value_of(*row, "res_id").get<OdooId>()};
}

void OdooStore::set_external_id(std::string_view external_id, OdooReference target, bool noupdate) {
    auto const dot = external_id.find('.');
    if (dot == std::string_view::npos) throw std::invalid_argument{"an external id is module.name"};
    auto const found = external_ids_.find(external_id);
    if (found != external_ids_.end()) {
        update(external_id_model, found->second, {{"model", target.model}, {"res_id", target.id}});
        return;
    }
    insert(external_id_model, {{"module", external_id.substr(0, dot)},
                               {"name", external_id.substr(dot + 1)},
                               {"model", target.model},
                               {"res_id", target.id},
                               {"noupdate", noupdate}});
}

void OdooStore::on_commit(CommitHook hook) { hooks_.insert(hooks_.begin(), std::move(hook)); }

void OdooStore::replay(OdooChange const& change) {
    entry(change.model);
    place(change.model, change.id, change.after);
}

void OdooStore::put(std::string const& model, OdooId id, std::optional<OdooRecord> row) {
    OdooRecord const* before = find(model, id);
    changes_.push_back({model, id, before ? std::optional{*before} : std::nullopt, std::move(row)});
    place(model, id, changes_.back().after);
}

void OdooStore::place(std::string const& model, OdooId id, std::optional<OdooRecord> const& row) {
    Entry& target = entry(model);
    if (model == external_id_model) {
        if (OdooRecord const* before = find(model, id)) external_ids_.erase(external_id_of(*before));
        if (row) external_ids_[external_id_of(*row)] = id;
    }
    if (row) {
        target.rows[id] = *row;
        target.next_id = std::max(target.next_id, id + 1);
    } else {
        target.rows.erase(id);
    }
}

/// No clock is read: every transaction is a second later than the one before.
std::string OdooStore::now() const {
    using namespace std::chrono;
    sys_seconds const time = sys_days{2026y / January / 1} + seconds{commits_};
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

OdooTransaction::OdooTransaction(OdooStore& store) noexcept : store_{store}, mark_{store.changes_.size()} {
    ++store_.open_transactions_;
}

OdooTransaction::~OdooTransaction() {
    --store_.open_transactions_;
    if (committed_) return;
    while (store_.changes_.size() > mark_) {
        OdooChange const change = std::move(store_.changes_.back());
        store_.changes_.pop_back();
        store_.place(change.model, change.id, change.before);
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
