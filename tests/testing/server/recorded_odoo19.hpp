// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_TESTING_SERVER_RECORDED_ODOO19_HPP
#define ZENOO_RPC_TESTS_TESTING_SERVER_RECORDED_ODOO19_HPP

#include <zenoo_rpc/testing/fresh_odoo19.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The state of the recorded server, as far as its responses depend on it.

namespace zenoo_rpc::tests {

/// Returns the model `x_load_probe`, with a field of every kind, most of them with a default.
inline testing::OdooModel load_probe() {
    using testing::FieldKind;
    return {.name = "x_load_probe",
            .label = "Load probe",
            .fields = {{.name = "x_name"},
                       {.name = "x_req"},
                       {.name = "x_text", .kind = FieldKind::text, .default_value = "dflt"},
                       {.name = "x_int", .kind = FieldKind::integer, .default_value = 7},
                       {.name = "x_float", .kind = FieldKind::floating, .default_value = 1.5},
                       {.name = "x_bool", .kind = FieldKind::boolean, .default_value = true},
                       {.name = "x_sel",
                        .kind = FieldKind::selection,
                        .default_value = "bb",
                        .selection = {{"aa", "Draft"}, {"bb", "Done"}, {"Done", "aa"}}},
                       {.name = "x_date", .kind = FieldKind::date, .default_value = "2020-02-02"},
                       {.name = "x_dt", .kind = FieldKind::datetime, .default_value = "2020-02-02 02:02:02"},
                       {.name = "x_m2o", .kind = FieldKind::many2one, .default_value = 1, .relation = "res.country"},
                       {.name = "x_m2m", .kind = FieldKind::many2many, .relation = "res.partner.category"},
                       {.name = "x_parent", .kind = FieldKind::many2one, .relation = "x_load_probe"},
                       {.name = "x_o2m",
                        .kind = FieldKind::one2many,
                        .relation = "x_load_probe",
                        .inverse_name = "x_parent"}},
            .search_names = {"x_name"}};
}

/// Returns models of Odoo that are not built into the simulator, as far as the recorded calls need them.
inline std::vector<testing::OdooModel> other_models() {
    using testing::FieldKind;
    return {{.name = "ir.config_parameter",
             .label = "System Parameter",
             .fields = {{.name = "key"}, {.name = "value"}},
             .access = {.read = "Role / Administrator", .write = "Role / Administrator"}},
            {.name = "ir.cron",
             .label = "Scheduled Actions",
             .access = {.read = "Role / Administrator", .write = "Role / Administrator"}},
            {.name = "ir.attachment", .fields = {{.name = "name"}, {.name = "datas", .kind = FieldKind::binary}}},
            {.name = "res.lang",
             .fields = {{.name = "name"}, {.name = "code"}, {.name = "url_code"}},
             .unique = {{.columns = {"code"}, .message = "The code of the language must be unique!"}}},
            {.name = "res.partner.bank",
             .label = "Bank Accounts",
             .fields = {{.name = "acc_number"},
                        {.name = "partner_id",
                         .kind = FieldKind::many2one,
                         .label = "Account Holder",
                         .required = true,
                         .relation = "res.partner"}}}};
}

/// Returns the database at the start of the recording.
inline testing::OdooStore recorded_odoo19() {
    testing::OdooStore store = testing::fresh_odoo19();
    store.add_model(load_probe());
    for (testing::OdooModel& model : other_models()) store.add_model(std::move(model));
    store.add_field("res.currency", {.name = "date", .kind = testing::FieldKind::date});
    store.insert("res.lang", {{"name", "English (US)"}, {"code", "en_US"}, {"url_code", "en"}});
    store.insert("res.partner", {{"id", 6}, {"name", "Low"}});
    store.insert("res.users",
                 {{"id", 5}, {"login", "low"}, {"name", "Low"}, {"password", "lowpass"}, {"partner_id", 6}});
    return store;
}

/// Marks the ids before `id` as used by deleted records.
inline void use_up_ids_before(testing::OdooStore& store, std::string const& model, testing::OdooId id) {
    if (store.find(model, id - 1)) return;
    testing::OdooRecord const gone = {{"module", "gone"}, {"name", "gone"}};
    store.replay({model, id - 1, std::nullopt, gone});
    store.replay({model, id - 1, gone, std::nullopt});
}

inline void add_partners_up_to(testing::OdooStore& store, std::ptrdiff_t active) {
    auto const is_active = [](auto const& row) { return testing::value_of(row.second, "active") == true; };
    for (auto count = std::ranges::count_if(store.table("res.partner"), is_active); count < active; ++count) {
        store.insert("res.partner", {{"name", "Somebody"}});
    }
}

/// A gap in the ids, used by calls that are not in the recording: `next` is the next id.
struct IdGap {
    std::string_view before;
    char const* model;
    testing::OdooId next;
};

inline constexpr IdGap id_gaps[] = {
    {"load_create", "ir.model.data", 19920},      {"unicode_roundtrip", "res.partner", 22},
    {"binary_field", "ir.attachment", 26},        {"load_once_create", "res.partner", 121},
    {"load_once_create", "ir.model.data", 20018}, {"load_val_char", "x_load_probe", 250},
    {"load_val_boolean", "x_load_probe", 272},    {"load_val_json_zero_char_cell", "x_load_probe", 282},
    {"load_tz_context_utc", "x_load_probe", 298}, {"load_m2o_dbid_zero", "x_load_probe", 321},
    {"load_col_duplicate", "x_load_probe", 404},  {"load_o2m_rows_mixed", "x_load_probe", 9238},
};

/// A change of the recorded server before a call, made by calls that are not in the recording.
struct EarlierEvent {
    std::string_view before;
    void (*happen)(testing::OdooStore& store);
};

inline constexpr EarlierEvent earlier_events[] = {
    {"validation_error_recursion",
     [](auto& store) { store.insert("res.partner", {{"id", 17}, {"name", "Child"}, {"parent_id", 7}}); }},
    {"returns_none", [](auto& store) { store.insert("res.partner", {{"id", 23}, {"name", "Archived and back"}}); }},
    {"concurrency_transient_ok",
     [](auto& store) { store.insert("res.partner", {{"id", 36}, {"name", "Fought for"}}); }},
    {"db_connection_terminated", [](auto& store) { add_partners_up_to(store, 18); }},
    {"load_after_unlink",
     [](auto& store) {
         store.insert("res.partner", {{"id", 129}, {"name", "Del"}});
         store.set_external_id("__wire__.delonce_1795434118", {"res.partner", 129});
         store.erase("res.partner", 129);
     }},
    {"worker_killed_next_call", [](auto& store) { add_partners_up_to(store, 137); }},
    {"fk_violation_unlink",
     [](auto& store) {
         store.insert("res.country.state", {{"id", 9}, {"name", "State"}, {"code", "ST"}, {"country_id", 20}});
         store.insert("res.partner", {{"name", "Lives there"}, {"state_id", 9}});
     }},
    {"access_denied_inactive_user", [](auto& store) { store.update("res.users", 5, {{"active", false}}); }},
    {"server_sigterm_mid_request",
     [](auto& store) { store.insert("res.partner", {{"id", 5874}, {"name", "Terminated"}}); }},
    {"load_concurrent_conflict_retry",
     [](auto& store) { store.set_external_id("__wire__.cc_1795434646", {"res.partner", 1}, true); }},
    {"load_tz_user_brussels",
     [](auto& store) {
         store.insert("res.users", {{"id", 8},
                                    {"login", "loadtz"},
                                    {"name", "Load TZ"},
                                    {"password", "loadtzpass"},
                                    {"tz", "Europe/Brussels"}});
     }},
    {"load_m2o_name_ambiguous",
     [](auto& store) {
         for (testing::OdooId const id : {342, 343}) store.insert("x_load_probe", {{"id", id}, {"x_name", "twin"}});
     }},
    {"load_m2m_dbid",
     [](auto& store) {
         for (testing::OdooId const id : {4, 5}) store.insert("res.partner.category", {{"id", id}, {"name", "Tag"}});
     }},
    {"load_m2o_dbid_archived",
     [](auto& store) { store.insert("res.partner", {{"id", 6001}, {"name", "inactive probe2"}, {"active", false}}); }},
    {"load_replay_dead_reference",
     [](auto& store) {
         store.insert("x_load_probe", {{"id", 449}, {"x_name", "n"}});
         store.set_external_id("__probe__.k38373063", {"x_load_probe", 449}, true);
     }},
};

inline void let_happen_before(std::string_view call, testing::OdooStore& store) {
    for (IdGap const& gap : id_gaps) {
        if (gap.before == call) use_up_ids_before(store, gap.model, gap.next);
    }
    for (EarlierEvent const& event : earlier_events) {
        if (event.before == call) event.happen(store);
    }
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_TESTING_SERVER_RECORDED_ODOO19_HPP
