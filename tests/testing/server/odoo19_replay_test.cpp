// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/odoo_call.hpp"
#include "testing/server/not_replayed.hpp"
#include "testing/server/recorded_odoo19.hpp"

#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <algorithm>
#include <string>
#include <string_view>

using namespace zenoo_rpc;
using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;
using namespace std::literals;

namespace {

struct RecordedCall {
    std::string_view name;
    std::string_view request;
    int status;  ///< 0: no response
    std::string_view response;
    std::string_view method = "POST";
    std::string_view target = "/jsonrpc";
    std::string_view content_type = "application/json";
};

constexpr RecordedCall recorded_calls[]{
#include "testing/data/odoo19_calls.inc"
};

struct RecordedRead {
    std::string_view name;
    std::string_view records;
};

constexpr RecordedRead recorded_reads[]{
#include "testing/data/odoo19_reads.inc"
};

constexpr NotReplayed not_replayed[] = {
    {"common_authenticate_apikey", "the simulator has no API keys"},
    {"db_list", "the recorded server had a second database"},
    {"read_group", "the simulator reports that it does not support the method"},
    {"formatted_read_group", "the simulator reports that it does not support the method"},
    {"web_search_read", "the simulator reports that it does not support the method"},
    {"export_data_xid", "the simulator reports that it does not support the method"},
    {"returns_false", "get_param belongs to a model that is not built into the simulator"},
    {"binary_field_read", "the computed fields of an attachment belong to a model that is not built in"},
    {"user_error_delete_base_lang", "the rule belongs to a model that is not built in"},
    {"lock_error_cron_write", "the simulator runs no scheduled actions"},
    {"lock_error_cron_trigger", "the simulator runs no scheduled actions"},
    {"server_down_connection_refused", "no response: a fault of delivery"},
    {"worker_killed_limit_time_real", "no response: a fault of delivery"},
    {"proto_huge_body", "the body of 136 MB is not in the recording"},
    {"load_tz_user_brussels", "the simulator reports that it supports no time zones"},
    {"load_val_property", "the simulator has no properties"},
    {"load_xid_long_random2500", "depends on how well PostgreSQL compresses the external id"},
};

/// The fault that was active when a call was recorded.
struct ActiveFault {
    std::string_view name;
    Fault fault;
};

constexpr ActiveFault active_faults[] = {
    {"concurrency_serialization_failure", Fault::serialization_failure()},
    {"concurrency_lock_not_available", Fault::lock_timeout()},
    {"db_pool_full_html", Fault::pool_full()},
    {"load_concurrent_conflict", Fault::load_conflict()},
    {"db_down_health", Fault::database_down(1s)},
    {"db_down_health_dbcheck", Fault::database_down(1s)},
    {"db_down_version", Fault::database_down(1s)},
    {"db_down_execute_kw_2", Fault::database_down(1s)},
    {"db_down_authenticate", Fault::database_down(1s)},
    {"db_down_prefork", Fault::database_down(1s)},
};

Fault fault_during(std::string_view name) {
    auto const found = std::ranges::find(active_faults, name, &ActiveFault::name);
    return found == std::end(active_faults) ? Fault{} : found->fault;
}

std::string without_digits(std::string text) {
    std::ranges::replace_if(text, [](char c) { return '0' <= c && c <= '9'; }, '#');
    return text;
}

/// Removes details of the recorded machine and time: the port of PostgreSQL, the times records were written, statements
/// and rows quoted by PostgreSQL, and the traceback.
json comparable(json value) {
    if (value.is_object()) {
        value.erase("debug");
        for (auto const* time : {"create_date", "write_date"}) {
            if (value.contains(time)) value[time] = without_digits(value[time]);
        }
    }
    if (value.is_structured()) {
        for (json& member : value) member = comparable(std::move(member));
    }
    if (value.is_string()) {
        auto text = value.get<std::string>();
        if (auto const port = text.find("port 5433 "); port != std::string::npos) text.replace(port, 10, "port 5432 ");
        for (auto const quotation :
             {"LINE 1: "sv, "DETAIL:  Failing row contains "sv, "CONTEXT:  while updating tuple "sv}) {
            text.resize(std::min(text.find(quotation), text.size()));
        }
        value = std::move(text);
    }
    return value;
}

/// Returns the body for comparison; pages that are not JSON are compared as text.
json body_of(std::string_view text) {
    json body = json::parse(text, nullptr, false);
    return body.is_discarded() ? json(text) : comparable(std::move(body));
}

HttpRequest request_of(RecordedCall const& recorded) {
    HttpRequest request{std::string(recorded.method), std::string(recorded.target), {}, std::string(recorded.request)};
    if (!recorded.content_type.empty()) {
        request.headers.add("Content-Type", std::string(recorded.content_type));
    }
    return request;
}

/// Checks the records created by an import against the read that was recorded after it.
void check_reads(OdooServerCore& server, RecordedCall const& recorded) {
    auto const read = std::ranges::find(recorded_reads, recorded.name, &RecordedRead::name);
    if (read == std::end(recorded_reads)) return;
    std::string const model = json::parse(recorded.request).at("params").at("args").at(3);
    json const ids = json::parse(recorded.response).at("result").at("ids");
    json const records = json::parse(read->records);
    for (std::size_t i = 0; i < records.size(); ++i) {
        json fields = json::array();
        for (auto const& [field, value] : records[i].items()) fields.push_back(field);
        json expected = records[i];
        expected["id"] = ids.at(i);
        CHECK(call(server, model, "read", {json::array({ids.at(i)}), fields}) == json::array({expected}));
    }
}

bool is_replayed(RecordedCall const& recorded) {
    return std::ranges::find(not_replayed, recorded.name, &NotReplayed::name) == std::end(not_replayed);
}

bool is_recorded(std::string_view name) {
    return std::ranges::find(recorded_calls, name, &RecordedCall::name) != std::end(recorded_calls);
}

}  // namespace

TEST_CASE("the simulator responds as Odoo 19 did to the same calls") {
    OdooServerCore server(recorded_odoo19());
    for (RecordedCall const& recorded : recorded_calls) {
        INFO(recorded.name);
        let_happen_before(recorded.name, server.store());
        if (!is_replayed(recorded)) continue;
        HttpResponse const response = server.respond(request_of(recorded), fault_during(recorded.name));
        CHECK(response.status == recorded.status);
        CHECK(body_of(response.body) == body_of(recorded.response));
        bool const is_json = recorded.response.starts_with('{');
        CHECK(find_header(response.headers, "Content-Type").starts_with(is_json ? "application/json" : "text/html"));
        check_reads(server, recorded);
    }
}

TEST_CASE("a recorded call is exempt from the replay only while the simulator responds differently") {
    for (NotReplayed const& exempt : not_replayed) {
        INFO(exempt.name);
        auto const recorded = std::ranges::find(recorded_calls, exempt.name, &RecordedCall::name);
        REQUIRE(recorded != std::end(recorded_calls));
        CHECK_FALSE(exempt.reason.empty());
        if (recorded->request.empty()) continue;  // not in the recording
        OdooServerCore server(recorded_odoo19());
        let_happen_before(exempt.name, server.store());
        CHECK(body_of(server.respond(request_of(*recorded)).body) != body_of(recorded->response));
    }
}

TEST_CASE("events, faults and reads of the replay belong to recorded calls") {
    for (IdGap const& gap : id_gaps) CHECK(is_recorded(gap.before));
    for (EarlierEvent const& event : earlier_events) CHECK(is_recorded(event.before));
    for (ActiveFault const& active : active_faults) CHECK(is_recorded(active.name));
    for (RecordedRead const& read : recorded_reads) CHECK(is_recorded(read.name));
    CHECK(std::size(recorded_calls) - std::size(not_replayed) >= 150);
}
