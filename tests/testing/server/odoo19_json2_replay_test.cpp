// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "testing/server/recorded_odoo19.hpp"

#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

using namespace zenoo_rpc;
using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

struct RecordedJson2 {
    std::string_view name;
    char const* method;
    char const* target;
    char const* content_type;
    char const* authorization;
    char const* database;
    char const* request;
    int status;
    std::string_view response;
};

constexpr RecordedJson2 recorded_json2_calls[]{
#include "testing/data/odoo19_json2.inc"
};

/// Calls for which only the status and the exception class are compared, and why.
struct OnlyClass {
    std::string_view name;
    std::string_view reason;
};

constexpr OnlyClass only_class[] = {
    {"json2_malformed_json", "the simulator does not report where the JSON ends"},
    {"json2_session_cookie", "the simulator has no web sessions"},
    {"json2_session_cookie_sec", "the simulator has no web sessions"},
    {"json2_load_error", "the simulator does not offer possible values"},
};

/// Calls to which the simulator responds differently, and why.
constexpr OnlyClass json2_not_replayed[] = {
    {"json2_formatted_read_group", "the simulator reports that it does not support the method"},
    {"json2_private_api", "the simulator has no check_access"},
    {"json2_lock_error_cron_write", "the simulator runs no scheduled actions"},
    {"json2_lock_error_cron_trigger", "the simulator runs no scheduled actions"},
};

template <class Rows>
bool is_among(Rows const& rows, std::string_view name) {
    return std::ranges::find(rows, name, &OnlyClass::name) != std::end(rows);
}

Fault json2_fault_during(std::string_view name) {
    if (name == "json2_db_pool_full") return Fault::pool_full();
    bool const is_down = name == "json2_db_down_header" || name == "json2_db_too_many_connections";
    return is_down ? Fault::database_down(1s) : Fault{};
}

std::string authorization_of(RecordedJson2 const& recorded) {
    std::string text = recorded.authorization;
    auto const* key = recorded.name == "json2_access_error" ? "low-api-key" : "admin-api-key";
    if (auto const place = text.find("<api-key>"); place != std::string::npos) text.replace(place, 9, key);
    return text;
}

HttpRequest request_of(RecordedJson2 const& recorded) {
    HttpRequest request{recorded.method, recorded.target, {}, recorded.request};
    auto const add = [&](char const* name, std::string_view value) {
        if (!value.empty()) request.headers.add(name, value);
    };
    add("Content-Type", recorded.content_type);
    add("Authorization", authorization_of(recorded));
    add("X-Odoo-Database", recorded.database);
    return request;
}

json body_of(std::string_view text, bool only_its_class) {
    json body = json::parse(text, nullptr, false);
    if (body.is_discarded()) return json(text);
    if (body.is_object()) body.erase("debug");
    if (!only_its_class) return body;
    return body.is_object() ? body.value("name", json(body.contains("ids"))) : json();
}

void let_happen_before_json2(std::string_view name, OdooStore& store) {
    if (name == "json2_search_count") add_partners_up_to(store, 13);
    if (name == "json2_create_vals_list") use_up_ids_before(store, "res.partner", 28);
    if (name == "json2_x2many") use_up_ids_before(store, "res.partner", 34);
    if (name == "json2_db_back") add_partners_up_to(store, 136);
    if (name == "json2_during_login_cooldown") add_partners_up_to(store, 138);
}

}  // namespace

TEST_CASE("the simulator responds as Odoo 19 did to the same calls of JSON-2") {
    OdooServerCore server(recorded_odoo19());
    server.store().insert("res.users.apikeys", {{"name", "low"}, {"user_id", 5}, {"key", "low-api-key"}});
    for (RecordedJson2 const& recorded : recorded_json2_calls) {
        INFO(recorded.name);
        let_happen_before_json2(recorded.name, server.store());
        if (is_among(json2_not_replayed, recorded.name)) continue;
        HttpResponse const response = server.respond(request_of(recorded), json2_fault_during(recorded.name));
        bool const only_its_class = is_among(only_class, recorded.name);
        CHECK(response.status == recorded.status);
        CHECK(body_of(response.body, only_its_class) == body_of(recorded.response, only_its_class));
        bool const is_page = recorded.response.starts_with("<");
        CHECK(find_header(response.headers, "Content-Type").starts_with(is_page ? "text/html" : "application/json"));
        CHECK(find_header(response.headers, "WWW-Authenticate") == (recorded.status == 401 ? "Bearer " : ""));
    }
}
