// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/core/exceptions.hpp>
#include <zenoo_rpc/odoo/load.hpp>
#include <zenoo_rpc/odoo/odoo_error.hpp>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using nlohmann::json;
using tests::contains;

namespace {

struct Transcript {
    std::string_view name;
    std::int64_t id;
    RecordId uid;
    std::string_view method;
    int status;
    char const* type;
    char const* body;
};

constexpr Transcript odoo16[]{
#include "data/odoo16.inc"
};
constexpr Transcript odoo19[]{
#include "data/odoo19.inc"
};

enum Whether { permanent, transient };

using IsOfClass = bool (*)(Failure const&);
template <class E>
bool is(Failure const& failure) {
    return failure.is<E>();
}

/// What a transcript of a failure is to be taken for. Those that are not here are successes.
struct Expected {
    std::string_view name;
    IsOfClass is_of_class;
    Whether whether = permanent;
    Delivery delivery = Delivery::rejected;
    int only_in = 0;  ///< version, where the two differ
};

constexpr Expected expectations[]{
    {"access_denied_empty_password", is<AuthenticationError>},
    {"access_denied_inactive_user", is<AuthenticationError>},
    {"access_denied_wrong_password", is<AuthenticationError>},
    {"access_denied_wrong_uid", is<AuthenticationError>},
    {"execute_kw_apikey_expired", is<AuthenticationError>},
    {"execute_kw_uid_false", is<AuthenticationError>},

    {"access_error_create", is<AccessError>},
    {"access_error_read_field", is<AccessError>},
    {"access_error_write", is<AccessError>},
    {"imd_lookup_low_user", is<AccessError>},
    {"private_method", is<AccessError>},

    {"unlink_missing_id", is<MissingError>},
    {"write_missing_id", is<MissingError>},

    {"check_constraint_partner_name", is<ValidationError>},
    {"fk_violation_create", is<ValidationError>},
    {"fk_violation_unlink", is<ValidationError>},
    {"not_null_violation", is<ValidationError>},
    {"not_null_violation_category", is<ValidationError>},
    {"unique_violation_lang", is<ValidationError>},
    {"unique_violation_model_data", is<ValidationError>},
    {"unique_violation_user_login", is<ValidationError>},
    {"validation_error_recursion", is<ValidationError>},

    {"lock_error_cron_trigger", is<UserError>},
    {"lock_error_cron_write", is<UserError>},
    {"unknown_model", is<UserError>},
    {"user_error_delete_admin", is<UserError>},
    {"user_error_delete_base_lang", is<UserError>},
    {"user_error_partner_of_user", is<UserError>},

    {"concurrency_lock_not_available", is<ConcurrencyError>, transient},
    {"concurrency_serialization_failure", is<ConcurrencyError>, transient},
    {"db_statement_timeout", is<TimeoutError>, transient},

    {"db_down_authenticate", is<DatabaseUnavailableError>, transient},
    {"db_down_execute_kw", is<DatabaseUnavailableError>, transient},
    {"db_down_execute_kw_2", is<DatabaseUnavailableError>, transient},
    {"db_down_prefork", is<DatabaseUnavailableError>, transient},
    {"db_too_many_connections", is<DatabaseUnavailableError>, transient},
    {"db_pool_full", is<DatabaseUnavailableError>, transient},
    {"db_pool_full_html", is<DatabaseUnavailableError>, transient, Delivery::unknown},
    {"db_connection_killed_mid_call", is<DatabaseUnavailableError>, transient, Delivery::unknown},
    {"prefork_body_stall", is<NetworkError>, transient, Delivery::not_sent},

    {"common_authenticate_unknown_db", is<ServerError>},
    {"execute_kw_unknown_db", is<ServerError>},
    {"common_unknown_method", is<ServerError>},
    {"invalid_domain_field", is<ServerError>},
    {"invalid_domain_operator", is<ServerError>},
    {"invalid_domain_shape", is<ServerError>},
    {"invalid_field_create", is<ServerError>},
    {"invalid_field_read", is<ServerError>},
    {"invalid_type_selection", is<ServerError>},
    {"load_m2m_commands", is<ServerError>},
    {"load_val_json_true_cell", is<ServerError>},
    {"proto_params_array", is<ServerError>},
    {"unicode_nul", is<ServerError>},

    {"object_unknown_method", is<MethodNotFoundError>},
    {"unknown_method", is<MethodNotFoundError>},
    {"unknown_service", is<MethodNotFoundError>},

    {"execute_kw_short_args", is<ProtocolError>, permanent, Delivery::rejected, 16},
    {"execute_kw_short_args", is<ServerError>, permanent, Delivery::rejected, 19},
    {"execute_kw_uid_null", is<ProtocolError>},
    {"proto_args_missing", is<ProtocolError>},
    {"proto_invalid_utf8", is<ProtocolError>},
    {"proto_nan", is<ProtocolError>},
    {"proto_params_missing", is<ProtocolError>},
    {"search_read_bad_limit", is<ProtocolError>, permanent, Delivery::rejected, 16},
    {"search_read_bad_limit", is<ServerError>, permanent, Delivery::rejected, 19},
    {"wrong_args_extra", is<ProtocolError>},
    {"wrong_args_kw", is<ProtocolError>},
    {"wrong_args_missing_ids", is<ProtocolError>},

    {"proto_batch_array", is<ProtocolError>},
    {"proto_body_scalar", is<ProtocolError>},
    {"proto_empty_body", is<ProtocolError>},
    {"proto_form_content_type", is<ProtocolError>},
    {"proto_get", is<ProtocolError>},
    {"proto_get_json_ct", is<ProtocolError>},
    {"proto_gzip_body", is<ProtocolError>},
    {"proto_huge_body", is<ProtocolError>},
    {"proto_malformed_json", is<ProtocolError>},
    {"proto_no_body", is<ProtocolError>},
    {"proto_no_content_type", is<ProtocolError>},
    {"proto_options", is<ProtocolError>},
    {"proto_wrong_content_type", is<ProtocolError>},

    // Ids that this library never sends, and so takes for those of others.
    {"proto_id_float", is<ProtocolError>, permanent, Delivery::unknown},
    {"proto_id_missing", is<ProtocolError>, permanent, Delivery::unknown},
    {"proto_id_null", is<ProtocolError>, permanent, Delivery::unknown},
    {"proto_id_object", is<ProtocolError>, permanent, Delivery::unknown},
    {"proto_id_string", is<ProtocolError>, permanent, Delivery::unknown},

    // `load` says no in a result.
    {"load_concurrent_conflict", is<ConcurrencyError>, transient},
    {"load_access_error", is<ValidationError>},
    {"load_access_user", is<ValidationError>},
    {"load_batch_15_bad_database", is<ValidationError>},
    {"load_batch_row2_bad", is<ValidationError>},
    {"load_batch_row2_constraint", is<ValidationError>},
    {"load_batch_row2_usererror", is<ValidationError>},
    {"load_col_name_missing", is<ValidationError>},
    {"load_col_unknown", is<ValidationError>},
    {"load_error_row", is<ValidationError>},
    {"load_m2o_dbid_missing", is<ValidationError>},
    {"load_m2o_xid_unknown", is<ValidationError>},
    {"load_missing_name_required", is<ValidationError>},
    {"load_msg_record_vs_rows", is<ValidationError>},
    {"load_msg_two_phases", is<ValidationError>},
    {"load_o2m_child_error", is<ValidationError>},
    {"load_o2m_empty_child_row", is<ValidationError>},
    {"load_replay_dead_reference", is<ValidationError>},
    {"load_unknown_field", is<ValidationError>},
    {"load_val_char_nul", is<ValidationError>},
    {"load_val_datetime_iso_t", is<ValidationError>},
    {"load_val_integer_bad", is<ValidationError>},
    {"load_val_integer_overflow", is<ValidationError>},
    {"load_val_selection_bad", is<ValidationError>},
    {"load_xid_empty", is<ValidationError>},
    {"load_xid_long_random2500", is<ValidationError>},
    {"load_xid_other_model", is<ValidationError>},
    {"load_xid_space", is<ValidationError>},
};

Expected const* expectation_of(std::string_view name, int version) {
    auto const found = std::ranges::find_if(expectations, [&](Expected const& expected) {
        return expected.name == name && (expected.only_in == 0 || expected.only_in == version);
    });
    return found == std::end(expectations) ? nullptr : &*found;
}

Failure failure_of(Transcript const& transcript) {
    HttpResponse const response{transcript.status, {{"Content-Type", transcript.type}}, transcript.body};
    AskedCall const call{transcript.id, "model.method", transcript.method, transcript.uid, "secret"};
    auto const answer = classify(response, call);
    if (answer.has_error()) return answer.error();
    if (transcript.method != "load") return {};
    auto const loaded = classify_load(*answer, call);
    return loaded.has_error() ? loaded.error() : Failure{};
}

void check_all(std::vector<Transcript> const& transcripts, int version, std::set<std::string_view>& used) {
    for (auto const& transcript : transcripts) {
        CAPTURE(version, transcript.name);
        auto const failure = failure_of(transcript);
        CAPTURE(failure.what());
        auto const* expected = expectation_of(transcript.name, version);
        REQUIRE(static_cast<bool>(failure) == (expected != nullptr));
        if (!expected) continue;
        used.insert(transcript.name);
        CHECK(expected->is_of_class(failure));
        CHECK(failure.transient() == (expected->whether == transient));
        CHECK(failure.delivery() == expected->delivery);
        CHECK(contains(failure.what(), "model.method: "));
    }
}

HttpResponse response_of(int status, std::string type, std::string body, std::vector<HttpHeader> more = {}) {
    more.push_back({"content-type", std::move(type)});
    return {status, std::move(more), std::move(body)};
}

Failure failure_of(HttpResponse const& response, std::string_view secret = {}) {
    AskedCall const call{1, "res.partner.create", "create", 2, secret};
    auto const answer = classify(response, call);
    REQUIRE(answer.has_error());
    return answer.error();
}

/// The answer to an error of that class and message.
HttpResponse odoo_error(std::string name, std::string message, json arguments = json::array(), int code = 200) {
    json const data{{"name", std::move(name)},
                    {"message", std::move(message)},
                    {"arguments", std::move(arguments)},
                    {"debug", "Traceback (most recent call last):\n  File \"sesame.py\""}};
    json const error{{"code", code}, {"message", "Odoo Server Error"}, {"data", data}};
    return response_of(200, "application/json", json{{"id", 1}, {"error", error}}.dump());
}

}  // namespace

TEST_CASE("every recorded answer of Odoo is taken for what it is") {
    std::set<std::string_view> used;
    check_all({std::begin(odoo16), std::end(odoo16)}, 16, used);
    check_all({std::begin(odoo19), std::end(odoo19)}, 19, used);
    for (auto const& expected : expectations) {
        CAPTURE(expected.name);
        CHECK(used.contains(expected.name));
    }
}

TEST_CASE("a status without Odoo's own error says class, transience and delivery") {
    struct Row {
        int status;
        IsOfClass is_of_class;
        Whether whether;
        Delivery delivery;
    };
    for (auto const& [status, is_of_class, whether, delivery] : {
             Row{204, is<ProtocolError>, permanent, Delivery::unknown},
             Row{301, is<ProtocolError>, permanent, Delivery::rejected},
             Row{308, is<ProtocolError>, permanent, Delivery::rejected},
             Row{400, is<ProtocolError>, permanent, Delivery::rejected},
             Row{401, is<AuthenticationError>, permanent, Delivery::rejected},
             Row{403, is<AccessError>, permanent, Delivery::rejected},
             Row{404, is<ProtocolError>, permanent, Delivery::rejected},
             Row{413, is<ProtocolError>, permanent, Delivery::rejected},
             Row{415, is<ProtocolError>, permanent, Delivery::rejected},
             Row{418, is<ProtocolError>, permanent, Delivery::unknown},
             Row{429, is<RateLimitedError>, transient, Delivery::rejected},
             Row{500, is<DatabaseUnavailableError>, transient, Delivery::unknown},
             Row{501, is<ServerError>, permanent, Delivery::unknown},
             Row{502, is<ServerError>, transient, Delivery::unknown},
             Row{503, is<ServerError>, transient, Delivery::unknown},
             Row{504, is<ServerError>, transient, Delivery::unknown},
         }) {
        CAPTURE(status);
        auto const failure = failure_of(response_of(status, "text/html", "<html>sesame</html>"));
        CHECK(is_of_class(failure));
        CHECK(failure.transient() == (whether == transient));
        CHECK(failure.delivery() == delivery);
        CHECK_FALSE(contains(failure.what(), "sesame"));
    }
}

TEST_CASE("a redirect names where to, and is not followed") {
    auto const failure =
        failure_of(response_of(302, "text/html", "", {{"Location", "https://erp.example.com/jsonrpc"}}));
    CHECK(contains(failure.what(), "redirected to https://erp.example.com/jsonrpc"));
    CHECK_FALSE(contains(failure_of(response_of(400, "text/html", "")).what(), "redirected"));
}

TEST_CASE("an HTML 404 that no database is selected is a database that is not there") {
    auto const failure = failure_of(response_of(404, "text/html", "<p>No database is selected and ..."));
    CHECK(failure.is<DatabaseUnavailableError>());
    CHECK(failure.transient());
    CHECK(failure.delivery() == Delivery::rejected);
}

TEST_CASE("a wish to be left alone is kept, as seconds or as a date") {
    auto const wish = [](int status, char const* value, char const* date = "Mon, 23 Nov 2026 11:28:53 GMT") {
        auto const response = response_of(status, "text/html", "", {{"Retry-After", value}, {"Date", date}});
        return failure_of(response).retry_after();
    };
    CHECK(wish(429, "7") == 7s);
    CHECK(wish(503, "7") == 7s);
    CHECK(wish(502, "7") == 0s);
    CHECK(wish(429, "99999999999") == Duration::max());
    CHECK(wish(429, "Mon, 23 Nov 2026 11:29:53 GMT") == 60s);
    CHECK(wish(503, "Tue, 24 Nov 2026 00:00:00 GMT") == 12h + 31min + 7s);
    for (auto const* garbage :
         {"-1", "soon", "7s", "", "1e3", "Mon, 23 Nov 2026 11:28:00 GMT", "23 Nov 2026",
          "Mon, 30 Feb 2027 11:28:53 GMT", "Mon, 23 Nov 2026 11:29:53 CET", "Mon, 23 Nov 2026 11:29:53 GMT or so"}) {
        CAPTURE(garbage);
        CHECK(wish(429, garbage) == 0s);
    }
    CHECK(wish(429, "Mon, 23 Nov 2026 11:29:53 GMT", "today") == 0s);
    CHECK(failure_of(odoo_error("psycopg2.errors.SerializationFailure", "x")).retry_after() == 1s);
}

TEST_CASE("names that are not in the transcripts are known too") {
    auto const of = [](char const* name, char const* message = "x", int code = 0) {
        return failure_of(odoo_error(name, message, json::array(), code));
    };
    CHECK(of("odoo.http.SessionExpiredException").is<SessionExpiredError>());
    CHECK(of("whatever", "Odoo Session Expired", 100).is<SessionExpiredError>());
    CHECK_FALSE(of("odoo.http.SessionExpiredException").transient());
    CHECK(of("whatever", "404: Not Found", 404).is<MethodNotFoundError>());
    CHECK(of("werkzeug.exceptions.NotFound").is<MethodNotFoundError>());
    CHECK(of("werkzeug.exceptions.UnprocessableEntity").is<ProtocolError>());
    CHECK(of("builtins.AttributeError", "'NoneType' object has no attribute 'x'").is<ServerError>());
    CHECK(of("odoo.exceptions.LockError").is<ConcurrencyError>());
    CHECK(of("odoo.exceptions.ConcurrencyError").is<ConcurrencyError>());
    CHECK(of("psycopg2.errors.DeadlockDetected").is<ConcurrencyError>());
    CHECK(of("psycopg2.errors.AdminShutdown").is<DatabaseUnavailableError>());
    CHECK(of("odoo.addons.x.Strange").is<ServerError>());
    CHECK_FALSE(of("odoo.addons.x.Strange").transient());
    CHECK(of("").is<ServerError>());
}

TEST_CASE("a database connection that died under the transaction leaves its outcome unknown") {
    auto const died = failure_of(odoo_error("psycopg2.OperationalError", "server closed the connection unexpectedly"));
    CHECK(died.is<DatabaseUnavailableError>());
    CHECK(died.transient());
    CHECK(died.delivery() == Delivery::unknown);
    CHECK(failure_of(odoo_error("psycopg2.OperationalError", "connection refused")).delivery() == Delivery::rejected);
}

TEST_CASE("only the own user that is missing is a bad login") {
    auto const missing = [](char const* record) {
        return failure_of(odoo_error("odoo.exceptions.MissingError", std::string{"(Record: "} + record + ", User: 2)"));
    };
    CHECK(missing("res.users(2,)").is<AuthenticationError>());
    CHECK(missing("res.users(22,)").is<MissingError>());
    CHECK(missing("res.partner(2,)").is<MissingError>());
}

TEST_CASE("what the server said is kept, but no traceback and no password") {
    auto const failure = failure_of(
        odoo_error("odoo.exceptions.UserError", "no sesame\nTraceback (most recent call last):\n File", {"sesame", 7}),
        "sesame");
    try {
        failure.raise();
    } catch (UserError const& error) {
        CHECK(error.server_name() == "odoo.exceptions.UserError");
        CHECK(json::parse(error.arguments()) == json({"***", 7}));
        CHECK(error.http_status() == 200);
        CHECK(contains(error.what(), "res.partner.create: no ***"));
        CHECK_FALSE(contains(error.what(), "Traceback"));
    }
    auto const elsewhere = response_of(302, "text/html", "", {{"Location", "http://x/?password=sesame"}});
    CHECK_FALSE(contains(failure_of(elsewhere, "sesame").what(), "sesame"));
    auto const long_text = failure_of(odoo_error("odoo.exceptions.UserError", std::string(100'000, 'x')));
    CHECK(long_text.what().size() < 3000);
}

TEST_CASE("a 2xx that cannot be read may hide a success") {
    for (auto const* body :
         {"", "<html>", "{}", R"({"id": 2, "result": 1})", R"({"id": 1, "result": 1, "error": {}})"}) {
        CAPTURE(body);
        auto const failure = failure_of(response_of(200, "text/html", body));
        CHECK(failure.is<ProtocolError>());
        CHECK(failure.delivery() == Delivery::unknown);
        CHECK_FALSE(failure.transient());
    }
}
