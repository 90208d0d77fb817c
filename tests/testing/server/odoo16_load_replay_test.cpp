// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/odoo_call.hpp"
#include "testing/server/not_replayed.hpp"
#include "testing/server/recorded_odoo19.hpp"

#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

using namespace zenoo_rpc;
using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;

namespace {

struct RecordedLoad {
    std::string_view name;
    std::string_view request;
    std::string_view response;
    std::string_view records;  ///< records as read afterwards; empty: not read
};

constexpr RecordedLoad recorded_loads[]{
#include "testing/data/odoo16_loads.inc"
};

constexpr NotReplayed loads_not_replayed[] = {
    {"load_tz_user_brussels", "the simulator reports that it supports no time zones"},
    {"load_val_float_nan", "the simulator rejects NaN, which JSON cannot represent"},
    {"load_xid_long_random2500", "depends on how well PostgreSQL compresses the external id"},
    {"load_access_error", "the recorded user was given the right to create contacts only after this call"},
    {"load_batch_row2_usererror", "the simulator accepts any base64 as an image"},
};

/// Returns the database at the start of the recording, as far as the calls depend on it.
OdooStore recorded_odoo16() {
    auto store = recorded_odoo19();
    store.insert("res.users", {{"id", 9}, {"login", "loadtz"}, {"name", "Load TZ"}, {"password", "loadtzpass"}});
    store.insert("res.users", {{"id", 6}, {"login", "low16"}, {"name", "Low"}, {"password", "lowpass"}});
    for (int i = 0; i < 2; ++i) store.insert("x_load_probe", {{"id", 348 + i}, {"x_name", "twin"}});
    for (OdooId const id : {3, 4}) store.insert("res.partner.category", {{"id", id}, {"name", "Tag"}});
    auto const known = store.insert("x_load_probe", {{"x_name", "n"}});
    store.set_external_id("__probe__.k38373063", {"x_load_probe", known}, true);
    store.set_external_id("__wire__.cc_1795434645", {"res.partner", 1}, true);
    return store;
}

/// Returns the parts that a client relies on: the number of ids, or the kind of error with its record and field. Texts
/// and ids differ between databases.
json outcome_of(json const& response) {
    if (response.contains("error")) return response.at("error").at("data").at("name");
    json const& result = response.at("result");
    json outcome{{"ids", result.at("ids").is_array() ? json(result.at("ids").size()) : json(false)}};
    for (json const& message : result.at("messages")) {
        json about = json::object();
        for (auto const* key : {"type", "record", "rows", "field"}) {
            if (message.contains(key)) about[key] = message.at(key);
        }
        outcome["messages"].push_back(about);
    }
    return outcome;
}

/// Returns true if the loaded records read as recorded, except for their ids, or if no read was recorded.
bool reads_agree(OdooServerCore& server, RecordedLoad const& recorded, json const& ids) {
    if (recorded.records.empty()) return true;
    std::string const model = json::parse(recorded.request).at("params").at("args").at(3);
    json const records = json::parse(recorded.records);
    for (std::size_t i = 0; i < records.size(); ++i) {
        json fields = json::array();
        for (auto const& [field, value] : records[i].items()) fields.push_back(field);
        json expected = records[i];
        expected["id"] = ids.at(i);
        json const args = {"odoo16", 2, "admin", model, "read", {json::array({ids.at(i)}), fields}};
        json const read = response_to(server, rpc_request("object", "execute_kw", args)).at("result");
        if (read != json::array({expected})) return false;
    }
    return true;
}

/// Returns the difference from the recording, empty if there is none.
std::string deviation(RecordedLoad const& recorded, OdooServerCore& server) {
    json const response = response_to(server, post(std::string{recorded.request}));
    if (outcome_of(response) != outcome_of(json::parse(recorded.response))) return "response: " + response.dump();
    if (response.contains("result") && !reads_agree(server, recorded, response["result"]["ids"]))
        return "records differ";
    return "";
}

bool is_replayed(RecordedLoad const& recorded) {
    return std::ranges::find(loads_not_replayed, recorded.name, &NotReplayed::name) == std::end(loads_not_replayed);
}

}  // namespace

TEST_CASE("load of the simulator has the same outcome as Odoo 16 in all recorded calls") {
    OdooServerCore server{recorded_odoo16(), "odoo16", OdooDialect::odoo16};
    for (RecordedLoad const& recorded : recorded_loads) {
        if (!is_replayed(recorded)) continue;
        INFO(recorded.name);
        CHECK(deviation(recorded, server) == "");
    }
}

TEST_CASE("a recorded call of load is exempt only while its outcome in the simulator differs") {
    for (NotReplayed const& exempt : loads_not_replayed) {
        INFO(exempt.name);
        auto const recorded = std::ranges::find(recorded_loads, exempt.name, &RecordedLoad::name);
        REQUIRE(recorded != std::end(recorded_loads));
        OdooServerCore server{recorded_odoo16(), "odoo16", OdooDialect::odoo16};
        CHECK(deviation(*recorded, server) != "");
    }
    CHECK(std::size(recorded_loads) == 56);
}
