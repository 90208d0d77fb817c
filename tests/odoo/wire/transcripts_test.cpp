// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/transcripts.hpp"

#include "odoo/fixtures/failure_class.hpp"
#include "odoo/wire/classify.hpp"
#include "odoo/wire/classify_load.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <boost/asio/error.hpp>

#include <algorithm>
#include <exception>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace zenoo_rpc;
namespace asio = boost::asio;
using nlohmann::json;
using tests::contains;
using tests::is;
using tests::IsOfClass;
using tests::permanent;
using tests::Transcript;
using tests::transient;
using tests::Whether;

namespace {

/// The expected classification of a recorded failure. Transcripts that are not listed are successes.
struct Expected {
    std::string_view name;
    IsOfClass is_of_class;
    Whether whether = permanent;
    Delivery delivery = Delivery::rejected;
    int only_in = 0;  ///< the Odoo version, where versions differ; 0: any
};

constexpr Expected expectations[]{
#include "odoo/data/expected.inc"
};

Expected const* expectation_of(std::string_view name, int version) {
    auto const found = std::ranges::find_if(expectations, [&](Expected const& expected) {
        return expected.name == name && (expected.only_in == 0 || expected.only_in == version);
    });
    return found == std::end(expectations) ? nullptr : &*found;
}

/// Returns the failure that a transport reports if no response arrives.
Failure lost(std::string_view why) {
    bool const is_refused = why.starts_with("ConnectionRefused");
    Failure failure{is_refused ? make_error_code(asio::error::connection_refused) : make_error_code(asio::error::eof)};
    failure.delivery(is_refused ? Delivery::not_sent : Delivery::unknown);
    return failure;
}

Failure failure_of(Transcript const& transcript) {
    if (transcript.status == 0) return lost(transcript.body);
    HttpResponse const response{transcript.status, {{"Content-Type", transcript.type}}, transcript.body};
    detail::AskedCall const call{transcript.id,  "model.method", transcript.method,
                                 transcript.uid, "secret-key",   transcript.protocol};
    auto const result = classify(response, call);
    if (result.has_error()) return result.error();
    if (transcript.method != "load") return {};
    auto const loaded = classify_load(*result, call);
    return loaded.has_error() ? loaded.error() : Failure{};
}

/// Returns Odoo's description of the exception; null if there is none.
json exception_in(Transcript const& transcript) {
    json const body = json::parse(transcript.body, nullptr, false);
    if (!body.is_object()) return nullptr;
    if (transcript.protocol == Protocol::json2) return body.contains("name") ? body : json();
    return body.contains("error") ? body["error"]["data"] : json();
}

void check_reply(Transcript const& transcript, Failure const& failure) {
    try {
        failure.raise();
    } catch (ZenooError const& error) {
        CHECK(error.http_status() == transcript.status);
        CHECK_FALSE(contains(error.what(), "Traceback"));
        json const exception = exception_in(transcript);
        if (exception.is_null() || !exception.contains("name")) return;
        if (error.code() == Errc::protocol_error && error.delivery() == Delivery::unknown) return;
        CHECK(json(error.server_name()) == exception["name"]);
        if (exception.contains("arguments")) CHECK(json::parse(error.arguments()) == exception["arguments"]);
    } catch (std::exception const&) {  // the transport's
        CHECK(transcript.status == 0);
    }
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
        if (transcript.status != 0) CHECK(contains(failure.what(), "model.method: "));
        check_reply(transcript, failure);
    }
}

}  // namespace

TEST_CASE("every recorded response of Odoo is classified as expected") {
    std::set<std::string_view> used;
    check_all(tests::odoo16_transcripts(), 16, used);
    check_all(tests::odoo19_transcripts(), 19, used);
    check_all(tests::json2_transcripts(), 19, used);
    for (auto const& expected : expectations) {
        CAPTURE(expected.name);
        CHECK(used.contains(expected.name));
    }
}
