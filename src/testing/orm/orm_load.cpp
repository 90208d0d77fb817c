// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/orm_load.hpp"

#include "testing/orm/external_ids.hpp"
#include "testing/orm/load_cells.hpp"
#include "testing/orm/load_references.hpp"
#include "testing/orm/load_rows.hpp"
#include "testing/orm/orm_records.hpp"
#include "testing/python/python_errors.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <utility>
#include <vector>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

/// A converted record that is not stored yet.
struct Pending {
    std::string external_id;  ///< empty: none
    OdooId id = 0;            ///< from the column `.id`; 0: none
    json values;
    json info;
};

bool is_user_error(OdooException const& error) {
    constexpr std::array<std::string_view, 5> family{"odoo.exceptions.UserError", "odoo.exceptions.ValidationError",
                                                     "odoo.exceptions.AccessError", "odoo.exceptions.MissingError",
                                                     "odoo.exceptions.AccessDenied"};
    return std::ranges::find(family, error.name()) != family.end();
}

json message(json info, std::string_view type, std::string const& text) {
    info["type"] = type;
    info["message"] = text;
    return info;
}

class Load {
public:
    Load(OdooEnvironment& env, OdooModel const& model)
        : env_{env},
          model_{model},
          update_{env.context.value("mode", json()) == "update"},
          noupdate_{python::truth(env.context.value("noupdate", json()))},
          touched_models_{model.name} {}

    json run(json const& fields, json const& data);

private:
    void convert(ImportRecord const& record, std::size_t index, CellConverter& converter);
    OdooId known_id(json const& value, json const& info);
    void flush();
    void flush_before(std::string const& external_id, std::string const& model);
    void store_one_by_one(std::vector<Pending> const& batch);
    json message_for(Pending const& record, OdooException const& error) const;
    std::vector<OdooId> store(std::vector<Pending> const& batch);
    OdooRecord const* existing(Pending const& record) const;
    bool failed() const;

    OdooEnvironment& env_;
    OdooModel const& model_;
    bool update_;
    bool noupdate_;
    std::set<std::string> touched_models_;  ///< models of records that may still be in the batch
    std::vector<Pending> batch_{};
    std::vector<OdooId> ids_{};
    json messages_ = json::array();
};

bool Load::failed() const {
    return std::ranges::any_of(messages_, [](json const& message) { return message.at("type") == "error"; });
}

json Load::run(json const& fields, json const& data) {
    std::vector<std::vector<std::string>> paths;
    for (auto const& field : fields) {
        paths.push_back(column_path(python::text_of(field, "replace")));
        OdooField const* known = model_.find_field(paths.back().front());
        if (known && known->kind == FieldKind::one2many) touched_models_.insert(known->relation);
    }
    auto const records = extract_records(env_.store, model_, paths, data.get<std::vector<json>>());

    OdooTransaction transaction{env_.store};
    ReferenceFinder const references{env_, std::bind_front(&Load::flush_before, this)};
    CellConverter converter{env_, std::bind_front(&ReferenceFinder::find, &references)};
    for (std::size_t index = 0; index < records.size(); ++index) convert(records[index], index, converter);
    flush();
    if (failed()) return {{"ids", false}, {"messages", messages_}, {"nextrow", 0}};
    transaction.commit();
    return {{"ids", ids_}, {"messages", messages_}, {"nextrow", 0}};
}

void Load::convert(ImportRecord const& record, std::size_t index, CellConverter& converter) {
    json const rows = {{"rows", {{"from", record.from}, {"to", record.to}}}};
    json info = rows;
    info["record"] = index;

    Pending pending{{}, 0, {}, info};
    if (ImportCell const* cell = record.find("id"); cell && python::truth(cell->value)) {
        if (!cell->value.is_string()) {
            throw python::type_error("argument of type '" + std::string{python::type_name(cell->value)}
                                     + "' is not iterable");
        }
        pending.external_id = full_external_id(cell->value.get<std::string>());
    }
    if (ImportCell const* cell = record.find(".id"); cell && python::truth(cell->value)) {
        pending.id = known_id(cell->value, info);
    }
    pending.values = converter.convert(model_, record, [&](OdooField const& field, CellProblem const& problem) {
        std::string const& label = field.label_or_name();
        json entry = message(info, problem.warning ? "warning" : "error", about_field(problem.message, label));
        entry["field"] = field.name;
        if (!problem.moreinfo.is_null()) entry["moreinfo"] = problem.moreinfo;
        if (problem.names_field) entry["field_name"] = label;
        messages_.push_back(std::move(entry));
    });
    batch_.push_back(std::move(pending));
}

OdooId Load::known_id(json const& value, json const& info) {
    auto const id =
        value.is_number_integer() ? std::optional{value.get<OdooId>()} : python::parse_int(python::str(value));
    if (id && env_.store.find(model_.name, *id)) return *id;
    json entry = message(info, "error", "Unknown database identifier '" + python::str(value) + "'");
    entry["field"] = ".id";
    messages_.push_back(std::move(entry));
    return 0;
}

void Load::flush_before(std::string const& external_id, std::string const& model) {
    bool const waited_for = external_id.empty()
                                ? touched_models_.contains(model)
                                : std::ranges::find(batch_, external_id, &Pending::external_id) != batch_.end();
    if (waited_for) flush();
}

/// Stores the whole batch; if that fails, stores its records one by one to find the invalid ones.
void Load::flush() {
    if (batch_.empty()) return;
    std::vector<Pending> const batch = std::exchange(batch_, {});
    json common_error;
    try {
        OdooTransaction savepoint{env_.store};
        auto const ids = store(batch);
        savepoint.commit();
        ids_.insert(ids_.end(), ids.begin(), ids.end());
        return;
    } catch (OdooException const& error) {
        // Odoo 19 reports it for the first record, whichever record caused it.
        bool const is_19 = env_.store.dialect() == OdooDialect::odoo19;
        if (is_19 && is_user_error(error)) common_error = message(batch.front().info, "error", error.what());
    }
    std::size_t const before = messages_.size();
    store_one_by_one(batch);
    bool const more = messages_.size() > before;
    bool const is_reported = std::ranges::find(messages_, common_error) != messages_.end();
    if (more && !common_error.is_null() && !is_reported) messages_.insert(messages_.begin(), common_error);
}

void Load::store_one_by_one(std::vector<Pending> const& batch) {
    std::size_t errors = 0;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        try {
            OdooTransaction savepoint{env_.store};
            auto const id = store({batch[i]});
            savepoint.commit();
            ids_.push_back(id.front());
            continue;
        } catch (OdooException const& error) {
            messages_.push_back(message_for(batch[i], error));
        }
        ++errors;
        if (errors >= 10 && errors * 10 >= i + 1) {
            messages_.push_back({{"type", "warning"},
                                 {"message",
                                  "Found more than 10 errors and more than one error per 10 records, interrupted to "
                                  "avoid showing too many errors."}});
            return;
        }
    }
}

json Load::message_for(Pending const& record, OdooException const& error) const {
    json entry = message(record.info, "error", error.what());
    if (auto const* integrity = dynamic_cast<IntegrityError const*>(&error)) {
        if (integrity->model() == model_.name && !integrity->column().empty()) entry["field"] = integrity->column();
        return entry;
    }
    if (is_user_error(error) || error.name().starts_with("psycopg2.")) return entry;
    std::string type = error.name();
    if (type.starts_with("builtins.")) type.erase(0, std::string_view{"builtins."}.size());
    entry["message"] = "Unknown error during import: <class '" + type + "'>: " + error.what();
    entry["moreinfo"] = "Resolve other errors first";
    return entry;
}

/// Returns the row of `ir.model.data`; null if the external id or the record it refers to does not exist.
OdooRecord const* Load::existing(Pending const& record) const {
    if (record.external_id.empty()) {
        if (record.id == 0 && update_) {
            throw validation_error("Cannot update a record without specifying its id or xml_id");
        }
        return nullptr;
    }
    OdooRecord const* name = env_.store.find_external_id(record.external_id);
    if (!name) return nullptr;
    auto const& model = value_of(*name, "model").get_ref<std::string const&>();
    if (model != model_.name) {
        throw validation_error(
            "For external id " + record.external_id + " when trying to create/update a record of model " + model_.name
            + " found record of different model " + model + " (" + value_of(*name, "id").dump() + ")");
    }
    return env_.store.find(model, value_of(*name, "res_id").get<OdooId>()) ? name : nullptr;
}

std::vector<OdooId> Load::store(std::vector<Pending> const& batch) {
    std::vector<OdooId> ids(batch.size(), 0);
    std::vector<std::size_t> created;
    std::vector<std::size_t> updated;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        OdooRecord const* name = existing(batch[i]);
        ids[i] = name ? value_of(*name, "res_id").get<OdooId>() : batch[i].external_id.empty() ? batch[i].id : 0;
        if (ids[i] == 0) {
            created.push_back(i);
        } else if (!name || !(update_ && value_of(*name, "noupdate") == true)) {
            updated.push_back(i);
        }
    }
    for (std::size_t const i : updated) write_records(env_, model_, {ids[i]}, batch[i].values);
    for (std::size_t const i : created) ids[i] = create_record(env_, model_, batch[i].values);
    std::set<std::string> named;
    for (std::size_t const i : created) {
        if (batch[i].external_id.empty()) continue;
        // Duplicate in one call: the statement for the batch fails; one by one, the second row finds the first one's
        // record.
        if (!named.insert(batch[i].external_id).second) {
            throw IntegrityError{"ON CONFLICT DO UPDATE command cannot affect row a second time\n"};
        }
        env_.store.set_external_id(batch[i].external_id, {model_.name, ids[i]}, noupdate_);
    }
    return ids;
}

}  // namespace

json load_records(OdooEnvironment& env, OdooModel const& model, json const& fields, json const& data) {
    return Load{env, model}.run(fields, data);
}

}  // namespace zenoo_rpc::testing
