// SPDX-License-Identifier: BSL-1.0
// Readers and writers of Odoo's messages when each allocation in turn fails: `std::bad_alloc` or the right result, and
// no leaks.
#include "support/failing_allocation.hpp"

#include "odoo/fixtures/decoded_rows.hpp"
#include "odoo/fixtures/session.hpp"
#include "odoo/http/http_head.hpp"
#include "odoo/http/response_reader.hpp"
#include "odoo/import/import_row.hpp"
#include "odoo/wire/classify_load.hpp"
#include "odoo/wire/envelope.hpp"
#include "odoo/wire/json_rpc.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/core/retry_timeline.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/domain.hpp>
#include <zenoo_rpc/odoo/url.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <dlfcn.h>
#include <execinfo.h>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

std::string long_text() { return std::string(100, 'x'); }

json long_record() {
    return json{{"id", 7}, {"name", long_text()}, {"category_id", json::array({1, 2, 3})}, {"credit", 1.5}};
}

struct Customer {
    RecordId id = 0;
    std::string name;
    std::vector<RecordId> category_id;
    double credit = 0;
};
BOOST_DESCRIBE_STRUCT(Customer, (), (id, name, category_id, credit))

HttpResponse response_of(json const& body, int status = 200) {
    return {status, {{"Content-Type", "application/json"}, {"Retry-After", "7"}}, body.dump()};
}

/// The destructor of nlohmann's values allocates a list of their contents, and terminates if that fails.
bool within_destructor_of_json() {
    std::array<void*, 100> frames;
    auto const end = frames.begin() + backtrace(frames.data(), static_cast<int>(frames.size()));
    return std::any_of(frames.begin(), end, [](void* frame) {
        Dl_info where;
        if (dladdr(frame, &where) == 0 || !where.dli_sname) return false;
        std::string_view const name = where.dli_sname;
        return name.find("json_value7destroy") != name.npos;
    });
}

/// True if `work` throws an E.
template <class E, class Work>
bool refused(Work work) {
    try {
        work();
    } catch (E const&) {
        return true;
    }
    return false;
}

/// Fails each allocation of `work`, which returns whether its result is right: it has no assertions, since these
/// allocate.
template <class Work>
void whole_or_not_at_all(Work work) {
    bool right = true;
    is_spared = &within_destructor_of_json;
    CHECK(fail_each([&] {
              if (!work()) right = false;
          })
          > 0);
    CHECK(right);
}

}  // namespace

TEST_CASE("a response is read in full or not at all when memory runs out") {
    json const result = json::array({long_record(), long_record()});
    auto const body = json{{"jsonrpc", "2.0"}, {"id", 3}, {"result", result}}.dump();
    whole_or_not_at_all([&] {
        auto const parsed = json_rpc::parse_response(body, 3);
        return std::get<json>(parsed) == result;
    });
}

TEST_CASE("an error is read in full or not at all when memory runs out") {
    json const data{{"name", "odoo.exceptions.ValidationError"},
                    {"message", long_text()},
                    {"arguments", json::array({long_text()})},
                    {"debug", long_text()}};
    auto const response =
        response_of({{"id", 3}, {"error", {{"code", 200}, {"message", "Odoo Server Error"}, {"data", data}}}});
    auto const call = call_of(Protocol::json_rpc, 3);
    whole_or_not_at_all([&] {
        auto const failed = classify(response, call);
        return !failed && failed.error().is<ValidationError>();
    });
}

TEST_CASE("a response of JSON-2 is read in full or not at all when memory runs out") {
    auto const call = call_of(Protocol::json2);
    auto const good = response_of(json::array({long_record()}));
    whole_or_not_at_all([&] { return classify(good, call).has_value(); });

    auto const bad = response_of({{"name", "werkzeug.exceptions.NotFound"}, {"message", long_text()}}, 404);
    whole_or_not_at_all([&] { return !classify(bad, call).has_value(); });
}

TEST_CASE("a response that is a page is read in full or not at all when memory runs out") {
    HttpResponse const page{503, {{"Retry-After", "7"}, {"Content-Type", "text/html"}}, "<p>" + long_text()};
    auto const call = call_of(Protocol::json_rpc);
    whole_or_not_at_all([&] {
        auto const failed = classify(page, call);
        return !failed && failed.error().retry_after() == 7s;
    });
}

TEST_CASE("records are decoded in full or not at all when memory runs out") {
    auto const call = call_of(Protocol::json2);
    auto const response = response_of(json::array({long_record(), long_record()}));
    whole_or_not_at_all([&] {
        auto const rows = rows_in<Customer>(response, call);
        return rows.has_value() && rows->size() == 2 && rows->back().name == long_text();
    });

    auto const misfit = response_of(json::array({{{"id", 7}, {"name", 7}}}));
    whole_or_not_at_all([&] { return !rows_in<Customer>(misfit, call).has_value(); });
}

TEST_CASE("a record is written in full or not at all when memory runs out") {
    FieldTypes const types{{"name", {"char"}},
                           {"is_company", {"boolean"}},
                           {"category_id", {"many2many"}},
                           {"type", {"selection", {{"contact", "Contact"}}}}};
    ExternalId const id{"shop", long_text()};
    auto const record =
        values("name", long_text(), "is_company", true, "type", "contact", "category_id", std::vector<RecordId>{1, 2});
    whole_or_not_at_all([&] { return import_row(id, record, types).cells.size() == 4; });

    auto const unknown = values("nobody_has", long_text());
    whole_or_not_at_all([&] { return refused<ValidationError>([&] { import_row(id, unknown, types); }); });
}

TEST_CASE("a URL is read in full or not at all when memory runs out") {
    auto const url = "https://erp." + std::string(50, 'e') + ".example.com/" + long_text();
    auto const prefix = '/' + long_text();
    whole_or_not_at_all([&] { return parse_server_address(url).prefix == prefix; });

    auto const wrong = "https://" + std::string(50, 'e') + ":port";
    whole_or_not_at_all([&] { return refused<std::invalid_argument>([&] { parse_server_address(wrong); }); });
}

TEST_CASE("an HTTP response is read in full or not at all when memory runs out") {
    auto const text = "HTTP/1.1 200 OK\r\nX-Long: " + long_text() + "\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n"
                      + long_text() + "\r\n64\r\n" + long_text() + "\r\n0\r\n\r\n";
    HttpLimits const limits;
    whole_or_not_at_all([&] {
        boost::beast::flat_buffer buffer;
        detail::ResponseReader reader{limits, buffer};
        auto const space = reader.space();
        std::memcpy(space.data(), text.data(), text.size());
        boost::system::error_code error;
        return reader.take(text.size(), false, error) && reader.release().body == long_text() + long_text();
    });
}

TEST_CASE("an error response of load is read in full or not at all when memory runs out") {
    json const message{{"type", "error"}, {"record", 1}, {"field", "name"}, {"message", long_text()}};
    json const refusal{{"ids", false}, {"messages", json::array({message, message})}};
    auto const call = call_of(Protocol::json_rpc);
    whole_or_not_at_all([&] {
        auto const failed = classify_load(refusal, call);
        return !failed && failed.error().is<ValidationError>();
    });
}

TEST_CASE("a domain is read in full or not at all when memory runs out") {
    json const condition{"name", "ilike", long_text()};
    json const both = json::array({"|", condition, "&", condition, condition, condition});
    whole_or_not_at_all([&] { return Domain{both}.json().size() == 7; });
    json const wrong = json::array({"|", condition});
    whole_or_not_at_all([&] { return refused<std::invalid_argument>([&] { Domain{wrong}; }); });
}

TEST_CASE("types of fields are read in full or not at all when memory runs out") {
    json const state{{"type", "selection"}, {"selection", json::array({{"draft", long_text()}})}};
    json const fields{{"name", {{"type", "char"}}}, {"state_that_is_long_too", state}};
    whole_or_not_at_all([&] { return field_types(fields).size() == 2; });
}

TEST_CASE("a request is written in full or not at all when memory runs out") {
    auto const args = json::array({json::array({7}), long_record()});
    auto const kwargs = json{{"context", {{"lang", "fr_FR"}}}};
    ServerAddress const server{"erp." + std::string(50, 'e') + ".example.com", 8069, ""};
    std::string secret = long_text();
    detail::Credentials who{"shop", "admin", secret};
    who.uid = 2;
    for (auto const protocol : {Protocol::json_rpc, Protocol::json2}) {
        auto const request = [&] {
            auto const envelope = detail::model_envelope(protocol, "res.partner", "write", args, kwargs);
            auto const http = detail::http_request(envelope, "/odoo", 3, &who);
            return detail::http_head(http, detail::server_lines(server, detail::KeepAlive::yes)) + http.body;
        };
        auto const whole = request();
        whole_or_not_at_all([&] { return request() == whole; });
    }
}

TEST_CASE("a create whose response cannot be read for lack of memory is sent once and counts as sent") {
    is_spared = &within_destructor_of_json;
    json const data{{"name", "odoo.exceptions.ValidationError"}, {"message", long_text()}};
    json const refusal{{"code", 200}, {"message", "Odoo Server Error"}, {"data", data}};
    auto const text = GENERATE_COPY(json{{"result", 7}}.dump(), json{{"error", refusal}}.dump());
    CAPTURE(text);
    for (long k = 1;; ++k) {
        INFO("allocation " << k << " after the request was sent");
        auto const reply = [k, text](json const& body) -> asio::awaitable<Result<HttpResponse>> {
            json envelope = json::parse(text);
            envelope["id"] = body["id"];
            auto response = fate::json_response(envelope);
            until_failure = k;
            co_return std::move(response);
        };
        Session session{reply, reply};
        std::optional<Result<RecordId>> made;
        bool has_failed = false;
        auto const create = [&]() -> asio::awaitable<void> {
            Result<RecordId> result = co_await session.client.results().create("res.partner", values("name", "Ada"));
            has_failed = until_failure == 0;
            until_failure = 0;
            made.emplace(std::move(result));
        };
        session.world.run(create());
        REQUIRE(made);
        CHECK(session.sent() == 1);
        if (made->has_value()) CHECK(**made == 7);
        if (made->has_error()) CHECK(made->error().delivery() != Delivery::not_sent);
        if (made->has_error() && made->error().is<std::bad_alloc>()) {
            CHECK(made->error().delivery() == Delivery::unknown);
        }
        if (!has_failed) break;
    }
}

TEST_CASE("a timeline is written in full or not at all when memory runs out") {
    RetryTimeline timeline;
    timeline.attempts.push_back({.retried = true, .code = make_error_code(Errc::network_error), .what = long_text()});
    timeline.attempts.push_back({.attempt = 2});
    auto const line = to_string(timeline);
    json const whole = timeline;
    whole_or_not_at_all([&] { return to_string(timeline) == line; });
    whole_or_not_at_all([&] { return json(timeline) == whole; });
    whole_or_not_at_all([&] { return RetryTimeline{timeline}.attempts.size() == 2; });
}
