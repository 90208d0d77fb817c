// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/classify_load.hpp"

#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <string>
#include <vector>

using namespace zenoo_rpc;
using detail::AskedCall;
using namespace std::chrono_literals;
using nlohmann::json;
using tests::contains;

namespace {

AskedCall const load_call{.id = 1, .name = "res.partner.load", .method = "load", .secret = "sesame"};

Failure failure_of(char const* response, std::string_view record = {}) {
    auto const ids = classify_load(json::parse(response), load_call, record);
    REQUIRE(ids.has_error());
    return ids.error();
}

}  // namespace

TEST_CASE("load returns the ids in the order of the records and ignores warnings") {
    auto const ids = classify_load(json::parse(R"({"ids": [119, 7, 119], "messages": [
        {"type": "warning", "message": "Found multiple matches"}], "nextrow": 0})"),
                                   load_call);
    CHECK(ids.value() == std::vector<RecordId>{119, 7, 119});
    CHECK(classify_load(json::parse(R"({"ids": [], "messages": []})"), load_call).value().empty());
}

TEST_CASE("a load error names the record and the field") {
    constexpr auto response = R"({"ids": false, "messages": [
        {"type": "error", "record": 1, "field": "partner_id", "message": "No matching record found"},
        {"type": "error", "record": 1, "field": "partner_id", "message": "Missing required value"}]})";
    auto const unnamed = failure_of(response);
    CHECK(unnamed.is<ValidationError>());
    CHECK(unnamed.delivery() == Delivery::rejected);
    CHECK(contains(unnamed.what(),
                   "res.partner.load: record [1], field partner_id: No matching record found (and 1 more)"));
    CHECK(contains(failure_of(response, "shop.c42").what(), "record shop.c42, field partner_id: No matching"));
    auto const single = R"({"ids": false, "messages": [{"type": "error", "record": 0, "message": "no name"}]})";
    CHECK(contains(failure_of(single).what(), "record [0]: no name"));
    CHECK_FALSE(contains(failure_of(single).what(), "more"));
    try {
        unnamed.raise();
    } catch (ValidationError const& error) {
        CHECK(json::parse(error.arguments()).size() == 2);
    }
}

TEST_CASE("a conflict with another transaction is recognised in any message of load") {
    auto const conflict = failure_of(R"({"ids": false, "messages": [
        {"type": "error", "record": 0, "message": "could not serialize access due to concurrent update\n"}]})");
    CHECK(conflict.is<ConcurrencyError>());
    CHECK(conflict.transient());
    CHECK(conflict.delivery() == Delivery::rejected);
    CHECK(conflict.retry_after() == 1s);
    CHECK(failure_of(R"({"ids": false, "messages": [{"type": "error", "message": "x"},
        {"type": "error", "message": "deadlock detected\nDETAIL: ..."}]})")
              .is<ConcurrencyError>());
}

TEST_CASE("a failed load without a reason and an unexpected result of load") {
    CHECK(failure_of(R"({"ids": false, "messages": []})").is<ValidationError>());
    CHECK(failure_of(R"({"ids": false})").is<ValidationError>());
    CHECK(failure_of(R"({"ids": false, "messages": 7})").is<ValidationError>());
    CHECK(failure_of(R"({"ids": false, "messages": [{"type": "warning", "message": "and more"}]})")
              .is<ValidationError>());
    for (auto const* response : {"{}", "[]", "true", R"({"ids": true})", R"({"ids": [1, null]})", R"({"ids": 7})"}) {
        CAPTURE(response);
        CHECK(failure_of(response).is<ProtocolError>());
    }
}

TEST_CASE("the password is masked in the messages of load") {
    auto const refused = failure_of(R"({"ids": false, "messages": [{"type": "error", "message": "open sesame"}]})");
    CHECK(contains(refused.what(), "open ***"));
    try {
        refused.raise();
    } catch (ValidationError const& error) {
        CHECK_FALSE(contains(error.arguments(), "sesame"));
    }
}
