// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/decoded_rows.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <chrono>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using namespace zenoo_rpc::tests;

namespace {

/// Members of each type.
struct Everything {
    RecordId id = 0;
    bool active = false;
    int color = 0;
    double credit = 0;
    std::string name;
    Date date;
    DateTime write_date;
    Binary image;
    Many2one company_id;
    RecordId user_id = 0;
    std::vector<RecordId> category_id;
    State state{};

    bool operator==(Everything const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Everything, (),
                      (id, active, color, credit, name, date, write_date, image, company_id, user_id, category_id,
                       state))

struct Perhaps {
    std::optional<bool> active;
    std::optional<int> color;
    std::optional<RecordId> user_id;
    std::optional<double> credit;
    std::optional<std::string> name;
    std::optional<Date> date;
    std::optional<DateTime> write_date;
    std::optional<Binary> image;
    std::optional<Many2one> company_id;
    std::optional<std::vector<RecordId>> category_id;
    std::optional<State> state;

    bool operator==(Perhaps const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Perhaps, (),
                      (active, color, user_id, credit, name, date, write_date, image, company_id, category_id, state))

}  // namespace

TEST_CASE("a record becomes a struct") {
    auto const rows = rows_in<Everything>(R"([{"id": 7, "active": true, "color": -3, "credit": 0.1, "name": "Ada",
        "date": "2026-02-28", "write_date": "2026-11-23 11:21:55", "image": "aGVsbG8=", "company_id": [1, "My Company"],
        "user_id": [2, "Admin"], "category_id": [3, 5], "state": "private"}])");
    REQUIRE(rows.has_value());
    REQUIRE(rows->size() == 1);
    Everything const expected{
        .id = 7,
        .active = true,
        .color = -3,
        .credit = 0.1,
        .name = "Ada",
        .date = std::chrono::year{2026} / 2 / 28,
        .write_date = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 11h + 21min + 55s,
        .image = bytes("hello"),
        .company_id = {1, "My Company"},
        .user_id = 2,
        .category_id = {3, 5},
        .state = State::private_};
    CHECK(rows->front() == expected);
}

TEST_CASE("an empty field leaves an optional member empty, whether it is false or null") {
    std::string const names[]{"color",      "user_id", "credit",     "name",        "date",
                              "write_date", "image",   "company_id", "category_id", "state"};
    for (std::string const empty : {"false", "null"}) {
        std::string record = R"([{"id": 7, "active": null)";
        for (auto const& name : names) record += ",\"" + name + "\": " + empty;
        auto const rows = rows_in<Perhaps>(record + "}]");
        REQUIRE(rows.has_value());
        CHECK(rows->front() == Perhaps{});
    }
}

TEST_CASE("an optional member takes the value of its field") {
    auto const rows = rows_in<Perhaps>(R"([{"id": 7, "active": false, "color": 1, "user_id": 2, "credit": 3, "name": "",
        "date": "2024-02-29", "write_date": "1969-12-31 23:59:59", "image": "", "company_id": 4, "category_id": [],
        "state": "draft"}])");
    REQUIRE(rows.has_value());
    Perhaps const expected{.active = false,
                           .color = 1,
                           .user_id = 2,
                           .credit = 3.0,
                           .name = "",
                           .date = std::chrono::year{2024} / 2 / 29,
                           .write_date = DateTime{-1s},
                           .image = Binary{},
                           .company_id = Many2one{4, ""},
                           .category_id = std::vector<RecordId>{},
                           .state = State::draft};
    CHECK(rows->front() == expected);
}

TEST_CASE("the error for a record without an id names its position") {
    CHECK(rejection_of<One<bool>>(R"([{"id": 3, "x": true}, {"x": 5, "id": 7}])")
          == "record number 2, field x: expected true or false, found 5");
    CHECK(rejection_of<One<bool>>(R"([{"x": true}])")
          == "record number 1, field id: expected an integer, found no such field");
}

TEST_CASE("the id of a record is a number") {
    CHECK(rejection_of<One<bool>>(R"([{"id": [7, "Ada"], "x": true}])")
          == "record number 1, field id: expected an integer, found a list");
    CHECK(rejection_of<One<bool>>(R"([{"id": "7", "x": true}])")
          == "record number 1, field id: expected an integer, found a string");
}

TEST_CASE("a requested field must be present in each record") {
    CHECK(rejection_of<One<bool>>(R"([{"id": 3, "x": true}, {"id": 7, "y": true}])")
          == "record 7, field x: expected true or false, found no such field");
    CHECK(rejection_of<One<bool>>(R"([{"id": 3, "x": true}, {"id": 7, "id": 7}])")
          == "record 7, field x: expected true or false, found no such field");
}

TEST_CASE("fields may come in any order, and fields that were not requested are skipped") {
    auto const rows = rows_in<One<int>>(R"([
        {"deep": [{"x": [[]], "id": {}}], "x": 1, "more": {"x": "no"}, "id": 3, "x\n": 5, "text": "\u00e9", "none": null},
        {"x": 2, "yes": true, "id": 4}, {"id": 5, "number": 1.5, "\u0078": 3, "big": 18446744073709551615}])");
    REQUIRE(rows.has_value());
    REQUIRE(rows->size() == 3);
    CHECK((*rows)[0].x == 1);
    CHECK((*rows)[1].x == 2);
    CHECK((*rows)[2].x == 3);
}

TEST_CASE("the last value of a duplicate field counts") {
    auto const rows = rows_in<One<std::vector<RecordId>>>(R"([{"id": 3, "x": [1, 2], "x": [3]}])");
    REQUIRE(rows.has_value());
    CHECK(rows->front().x == std::vector<RecordId>{3});
}

TEST_CASE("a response without records has no rows") {
    auto const rows = rows_in<One<int>>(" [ ] ");
    REQUIRE(rows.has_value());
    CHECK(rows->empty());
}

TEST_CASE("rows are read only from a list of records") {
    using Any = One<int>;
    CHECK(rejection_of<Any>("{}") == "expected a list of records, found an object");
    CHECK(rejection_of<Any>("null") == "expected a list of records, found null");
    CHECK(rejection_of<Any>("false") == "expected a list of records, found false");
    CHECK(rejection_of<Any>("7") == "expected a list of records, found a number");
    CHECK(rejection_of<Any>("1.5") == "expected a list of records, found a number");
    CHECK(rejection_of<Any>("\"\"") == "expected a list of records, found a string");
    CHECK(rejection_of<Any>("[7]") == "expected a list of records, found a list containing a number");
    CHECK(rejection_of<Any>("[[]]") == "expected a list of records, found a list containing a list");
    CHECK(rejection_of<Any>("[null]") == "expected a list of records, found a list containing null");
}

TEST_CASE("a response that is not JSON in UTF-8 gives no rows, wherever it breaks off") {
    std::string const whole = R"([{"id": 7, "x": "a\u00e9b", "y": [1.5e3, null]}])";
    REQUIRE(rows_in<One<std::string>>(whole).has_value());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK(rejection_of<One<std::string>>(whole.substr(0, size)) == "the response is not JSON");
    }
    for (std::string const text :
         {"\xff", "\xc3", "\xed\xa0\x80", "\xc0\xaf", "\xf4\x90\x80\x80", "\\ud800", "\\ud800\\u0041", "\n", "\\x"}) {
        CHECK(rejection_of<One<std::string>>(record_with('"' + text + '"')) == "the response is not JSON");
        CHECK(rejection_of<One<std::string>>(R"([{"id": 7, "x": "", "y": ")" + text + "\"}]")
              == "the response is not JSON");
        CHECK(rejection_of<One<std::string>>(R"([{"id": 7, "x": "", ")" + text + "\": 1}]")
              == "the response is not JSON");
    }
    for (std::string const text : {"[] []", "[],", "[,]", "[\f]", R"([{"id": 7, "x": "",}])"}) {
        CHECK(rejection_of<One<std::string>>(text) == "the response is not JSON");
    }
    for (std::string const token : {"01", "1.", ".5", "+1", "1e", "NaN", "/**/", "''", "nul", "1e999", "-1e999"}) {
        auto const body = R"([{"id": 7, "x": "", "y": )" + token + "}]";
        CHECK(rejection_of<One<std::string>>(body) == "the response is not JSON");
    }
}

TEST_CASE("a response that nests too deep gives no rows") {
    auto const nested = [](std::size_t levels) {
        return R"([{"id": 7, "x": 1, "y": )" + std::string(levels, '[') + std::string(levels, ']') + "}]";
    };
    CHECK(rows_in<One<int>>(nested(498)).has_value());
    CHECK(rejection_of<One<int>>(nested(499)) == "the response is nested too deeply");
    CHECK(rejection_of<One<int>>(nested(1'000'000)) == "the response is nested too deeply");
}

TEST_CASE("no error message contains the secret of the session") {
    auto call = call_of(Protocol::json2);
    call.secret = "sesame";
    auto const rows = rows_in<One<Date>>(R"([{"id": 7, "x": "open sesame"}])", call);
    REQUIRE_FALSE(rows.has_value());
    CHECK(rows.error().what().find("found \"open ***\"") != std::string::npos);
}
