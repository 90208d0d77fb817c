// SPDX-License-Identifier: BSL-1.0
// Rows are read from the results of both protocols; any other response has the same meaning as without rows.
#include "odoo/fixtures/decoded_rows.hpp"
#include "odoo/fixtures/named.hpp"
#include "odoo/fixtures/transcripts.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;

namespace {

std::vector<One<int>> one_in(std::string const& body) {
    auto const rows = rows_in<One<int>>(body, call_of(Protocol::json_rpc, 5));
    INFO((rows ? "" : rows.error().what()));
    REQUIRE(rows.has_value());
    return *rows;
}

std::string rejection_of_envelope(std::string const& body) {
    auto const rows = rows_in<One<int>>(body, call_of(Protocol::json_rpc, 5));
    REQUIRE_FALSE(rows.has_value());
    CHECK(rows.error().is<ProtocolError>());
    CHECK(rows.error().delivery() == Delivery::unknown);
    std::string const text = rows.error().what();
    return text.substr(0, text.find(" (HTTP"));
}

std::vector<Transcript> every_transcript() {
    auto all = odoo16_transcripts();
    for (auto const& more : {odoo19_transcripts(), json2_transcripts()})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

template <Row T>
Result<std::vector<T>> rows_of(Transcript const& transcript) {
    detail::AskedCall const call{transcript.id,  "model.method", transcript.method,
                                 transcript.uid, "secret-key",   transcript.protocol};
    return tests::rows_in<T>({transcript.status, {{"Content-Type", transcript.type}}, transcript.body}, call);
}

/// Returns the rows of the transcript of that name, which must be the same in all versions that have it.
template <Row T>
std::vector<T> recorded_rows(std::string_view name) {
    std::optional<std::vector<T>> found;
    for (auto const& transcript : every_transcript()) {
        if (transcript.name != name) continue;
        auto const rows = rows_of<T>(transcript);
        INFO((rows ? "" : rows.error().what()));
        REQUIRE(rows.has_value());
        if (found && !rows->empty()) CHECK(*found == *rows);
        if (!found) found = *rows;
    }
    REQUIRE(found);
    return *found;
}

struct RecordedPartner {
    RecordId id = 0;
    std::string name;
    std::optional<std::string> email;
    std::optional<Many2one> company_id;

    bool operator==(RecordedPartner const&) const = default;
};
BOOST_DESCRIBE_STRUCT(RecordedPartner, (), (id, name, email, company_id))

struct PartnerOfSearch : RecordedPartner {
    bool is_company = false;
    std::vector<RecordId> category_id;

    bool operator==(PartnerOfSearch const&) const = default;
};
BOOST_DESCRIBE_STRUCT(PartnerOfSearch, (RecordedPartner), (is_company, category_id))

struct Currency {
    std::string name;
    double rounding = 0;
    double rate = 0;
    std::optional<Date> date;
    std::string symbol;

    bool operator==(Currency const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Currency, (), (name, rounding, rate, date, symbol))

struct RecordedAttachment {
    std::string name;
    Binary datas;
    int file_size = 0;

    bool operator==(RecordedAttachment const&) const = default;
};
BOOST_DESCRIBE_STRUCT(RecordedAttachment, (), (name, datas, file_size))

}  // namespace

TEST_CASE("the result of JSON-RPC is found anywhere in the envelope") {
    CHECK(one_in(R"({"jsonrpc": "2.0", "id": 5, "result": [{"id": 7, "x": 1}]})").at(0).x == 1);
    CHECK(one_in(R"({"result": [{"id": 7, "x": 1}], "id": 5})").at(0).x == 1);
    CHECK(one_in(R"({"more": {"result": [[{}]], "id": 9}, "list": [[1], {}], "id": 5, "result": []})").empty());
    CHECK(one_in(R"({"\u0069d": 5, "resul\u0074": [{"id": 7, "x": 1}]})").at(0).x == 1);
}

TEST_CASE("a response to another request gives no rows") {
    for (std::string const id : {"6", "\"5\"", "null", "true", "[5]", "{}", "18446744073709551615"}) {
        INFO(id);
        auto const record = R"([{"id": 7, "x": 1}])";
        CHECK(rejection_of_envelope(R"({"id": )" + id + R"(, "result": )" + record + "}")
              == "res.partner.search_read: the response belongs to another request");
        CHECK(rejection_of_envelope(R"({"result": )" + std::string{record} + R"(, "id": )" + id + "}")
              == "res.partner.search_read: the response belongs to another request");
    }
    CHECK(rejection_of_envelope(R"({"result": []})")
          == "res.partner.search_read: the response belongs to another request");
}

TEST_CASE("an invalid envelope gives no rows") {
    CHECK(rejection_of_envelope("[]") == "res.partner.search_read: the response is not a JSON-RPC object");
    CHECK(rejection_of_envelope("7") == "res.partner.search_read: the response is not a JSON-RPC object");
    CHECK(rejection_of_envelope(R"({"id": 5, "result": [], "error": {}})")
          == "res.partner.search_read: the response has both a result and an error");
    CHECK(rejection_of_envelope(R"({"id": 5, "result": [], "result": []})")
          == "res.partner.search_read: the response has two results");
    for (std::string const value : {"null", "false", "7", "\"\"", "{}"}) {
        CHECK(rejection_of_envelope(R"({"id": 5, "result": )" + value + "}")
                  .starts_with("res.partner.search_read: expected a list of records, found "));
    }
    CHECK(rejection_of_envelope(R"({"id": 5})")
          == "res.partner.search_read: expected a list of records, found no result");
}

TEST_CASE("recorded records become rows") {
    CHECK(recorded_rows<PartnerOfSearch>("search_read")
          == std::vector<PartnerOfSearch>{{{1, "My Company", std::nullopt, std::nullopt}, true, {}}});
    CHECK(recorded_rows<RecordedPartner>("json2_search_read")
          == std::vector<RecordedPartner>{{1, "My Company", std::nullopt, std::nullopt},
                                          {3, "Administrator", std::nullopt, Many2one{1, "My Company"}}});
    CHECK(recorded_rows<Currency>("float_and_date")
          == std::vector<Currency>{{"EUR", 0.01, 1.0, std::nullopt, "\u20ac"}});
    Binary const hello{std::byte{'h'}, std::byte{'e'}, std::byte{'l'}, std::byte{'l'}, std::byte{'o'}};
    CHECK(recorded_rows<RecordedAttachment>("binary_field_read")
          == std::vector<RecordedAttachment>{{"a.txt", hello, 5}});
    CHECK(recorded_rows<Named>("unicode_read")
          == std::vector<Named>{{"\u00dcn\u00ef \U0001F600 \u2028 \"q\" \\ \u0416"}});
    CHECK(recorded_rows<Named>("read_missing_id").empty());
}

TEST_CASE("a recorded failure is the same whether or not rows were requested") {
    int failures = 0;
    for (auto const& transcript : every_transcript()) {
        if (transcript.status == 0) continue;
        CAPTURE(transcript.name);
        detail::AskedCall const call{transcript.id,  "model.method", transcript.method,
                                     transcript.uid, "secret-key",   transcript.protocol};
        auto const without = classify({transcript.status, {{"Content-Type", transcript.type}}, transcript.body}, call);
        auto const with = rows_of<Named>(transcript);
        if (without) continue;
        ++failures;
        REQUIRE_FALSE(with.has_value());
        CHECK(with.error().what() == without.error().what());
        CHECK(with.error().code() == without.error().code());
        CHECK(with.error().delivery() == without.error().delivery());
    }
    CHECK(failures > 100);
}

TEST_CASE("the id of the last record is known for rows without an id member, until the next response") {
    std::vector<One<int>> rows;
    detail::RowSink sink{.table = &detail::row_table<One<int>>, .rows = &rows};
    auto call = call_of(Protocol::json2);
    call.rows = &sink;
    auto const response = [&](std::string body) {
        return classify({200, {{"Content-Type", "application/json"}}, std::move(body)}, call);
    };
    REQUIRE(response(R"([{"id": 7, "x": 1}, {"id": 9, "x": 2}])").has_value());
    CHECK(sink.last_id == 9);
    REQUIRE(response("[]").has_value());
    CHECK_FALSE(sink.last_id);
}
