// SPDX-License-Identifier: BSL-1.0
// Values of Odoo's fields as they are read into members.
#include "odoo/fixtures/decoded_rows.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;

TEST_CASE("an empty field is read as an empty string, list or binary") {
    for (std::string const empty : {"false", "null"}) {
        CHECK(value_of<std::string>(empty).empty());
        CHECK(value_of<std::vector<RecordId>>(empty).empty());
        CHECK(value_of<Binary>(empty).empty());
    }
}

TEST_CASE("an empty field does not fit a number, date, reference or choice") {
    CHECK(misfit<int>("false")
          == "expected a 32-bit integer, found false, an empty field: make the member a std::optional");
    CHECK(misfit<RecordId>("null")
          == "expected an integer, found null, an empty field: make the member a std::optional");
    CHECK(misfit<double>("false") == "expected a number, found false, an empty field: make the member a std::optional");
    CHECK(misfit<Date>("false") == "expected a date, found false, an empty field: make the member a std::optional");
    CHECK(misfit<DateTime>("false")
          == "expected a date and time, found false, an empty field: make the member a std::optional");
    CHECK(misfit<Many2one>("false")
          == "expected an id or a pair [id, name], found false, an empty field: make the member a std::optional");
    CHECK(misfit<State>("false")
          == "expected one of draft, private, done, found false, an empty field: make the member a std::optional");
    CHECK(misfit<bool>("null")
          == "expected true or false, found null, an empty field: make the member a std::optional");
}

TEST_CASE("the error for a value of another type names record, field, expected and found") {
    CHECK(rejection_of<One<std::string>>(R"([{"id": 3, "x": ""}, {"id": 7, "x": 12}])")
          == "record 7, field x: expected a string, found 12");
    CHECK(misfit<std::string>("true") == "expected a string, found true");
    CHECK(misfit<std::string>("{}") == "expected a string, found an object");
    CHECK(misfit<std::string>("[]") == "expected a string, found a list");
    CHECK(misfit<bool>("1") == "expected true or false, found 1");
    CHECK(misfit<bool>("\"true\"") == "expected true or false, found a string");
    CHECK(misfit<int>("1.0") == "expected a 32-bit integer, found 1.0");
    CHECK(misfit<RecordId>("\"7\"") == "expected an integer, found a string");
    CHECK(misfit<double>("\"0.5\"") == "expected a number, found a string");
    CHECK(misfit<double>("true") == "expected a number, found true");
    CHECK(misfit<Many2one>("\"Ada\"") == "expected an id or a pair [id, name], found a string");
    CHECK(misfit<std::vector<RecordId>>("5") == "expected a list of ids, found 5");
    CHECK(misfit<State>("0") == "expected one of draft, private, done, found 0");
}

TEST_CASE("numbers must be in range") {
    constexpr auto least = std::numeric_limits<RecordId>::min();
    constexpr auto most = std::numeric_limits<RecordId>::max();
    CHECK(value_of<RecordId>(std::to_string(least)) == least);
    CHECK(value_of<RecordId>(std::to_string(most)) == most);
    CHECK(value_of<int>("2147483647") == 2147483647);
    CHECK(value_of<int>("-2147483648") == -2147483648);
    CHECK(misfit<int>("2147483648") == "expected a 32-bit integer, found 2147483648");
    CHECK(misfit<int>("-2147483649") == "expected a 32-bit integer, found -2147483649");
    CHECK(misfit<RecordId>("9223372036854775808") == "expected an integer, found 9223372036854775808");
    CHECK(misfit<RecordId>("-9223372036854775809") == "expected an integer, found -9223372036854775809");
    CHECK(misfit<double>("1e309") == "expected a number, found 1e309");
    CHECK(misfit<double>("-1e309") == "expected a number, found -1e309");
    CHECK(misfit<std::vector<RecordId>>("[1, 9223372036854775808]")
          == "expected a list of ids, found a list containing 9223372036854775808");
}

TEST_CASE("a number is read as the double nearest to its digits") {
    CHECK(value_of<double>("0.1") == 0.1);
    CHECK(value_of<double>("1234567.89") == 1234567.89);
    CHECK(value_of<double>("7.2057594037927933e16") == 7.2057594037927933e16);
    CHECK(value_of<double>("18446744073709551615") == 18446744073709551615.0);
    CHECK(value_of<double>("1.7976931348623157e308") == std::numeric_limits<double>::max());
    CHECK(value_of<double>("5e-324") == std::numeric_limits<double>::denorm_min());
    CHECK(value_of<double>("1e-400") == 0);
    CHECK(value_of<double>("-3") == -3);
}

TEST_CASE("the error for an invalid date shows it") {
    for (std::string const text : {"2026-02-30", "2026-13-01", "2026-1-1", "2026-01-01 00:00:00", "01/02/2026", ""}) {
        CHECK(misfit<Date>('"' + text + '"') == "expected a date, found \"" + text + '"');
    }
    for (std::string const text :
         {"2026-01-01", "2026-01-01T00:00:00", "2026-01-01 24:00:00", "2026-01-01 00:60:00", "2026-01-01 00:00:60",
          "2026-01-01 00:00:-1", "2026-01-01 00:00:00.5", "2026-02-29 00:00:00"}) {
        CHECK(misfit<DateTime>('"' + text + '"') == "expected a date and time, found \"" + text + '"');
    }
    CHECK(misfit<Date>('"' + std::string(41, '1') + '"') == "expected a date, found a string of 41 bytes");
    CHECK(misfit<Date>(R"("a\n\"b")") == R"(expected a date, found "a\n\"b")");
}

TEST_CASE("the error for an unknown choice shows it and the valid ones") {
    CHECK(misfit<State>("\"sent\"") == "expected one of draft, private, done, found \"sent\"");
    CHECK(misfit<State>("\"private_\"") == "expected one of draft, private, done, found \"private_\"");
}

TEST_CASE("binary is read from padded base64") {
    CHECK(value_of<Binary>("\"\"").empty());
    CHECK(value_of<Binary>("\"YQ==\"") == bytes("a"));
    CHECK(value_of<Binary>("\"YWI=\"") == bytes("ab"));
    CHECK(value_of<Binary>("\"YWJj\"") == bytes("abc"));
    CHECK(value_of<Binary>("\"/+\\/+\"") == Binary{std::byte{0xff}, std::byte{0xef}, std::byte{0xfe}});
    for (std::string const text : {"YQ", "YQ=", "Y===", "====", "YQ==YQ==", "YW-j", "12.5 Kb", "aGVsbG8"}) {
        INFO(text);
        CHECK(misfit<Binary>('"' + text + '"') == "expected base64, found a string that is not base64");
    }
}

TEST_CASE("a reference is read from an id or from a pair of id and name") {
    CHECK(value_of<Many2one>("7") == Many2one{7, ""});
    CHECK(value_of<Many2one>("[7, \"Ada \\u00dc\"]") == Many2one{7, "Ada \u00dc"});
    CHECK(value_of<Many2one>("[7, false]") == Many2one{7, ""});
    CHECK(value_of<RecordId>("[7, \"Ada\"]") == 7);
    for (std::string const kind : {"an id or a pair [id, name]", "an integer"}) {
        auto const why = [&](std::string const& value) {
            return kind == "an integer" ? misfit<RecordId>(value) : misfit<Many2one>(value);
        };
        CHECK(why("[]") == "expected " + kind + ", found a list of length 0");
        CHECK(why("[7]") == "expected " + kind + ", found a list of length 1");
        CHECK(why("[7, \"Ada\", 8]") == "expected " + kind + ", found a list containing 8");
        CHECK(why("[\"Ada\", 7]") == "expected " + kind + ", found a list containing a string");
        CHECK(why("[7, 8]") == "expected " + kind + ", found a list containing 8");
        CHECK(why("[7, true]") == "expected " + kind + ", found a list containing true");
        CHECK(why("[[7, \"Ada\"]]") == "expected " + kind + ", found a list containing a list");
        CHECK(why("[7, {}]") == "expected " + kind + ", found a list containing an object");
    }
}

TEST_CASE("a list of ids must contain only ids") {
    CHECK(value_of<std::vector<RecordId>>("[3, 1, 2]") == std::vector<RecordId>{3, 1, 2});
    for (std::string const element : {"false", "null", "1.5", "true"}) {
        CHECK(misfit<std::vector<RecordId>>("[1, " + element + "]")
              == "expected a list of ids, found a list containing " + element);
    }
    CHECK(misfit<std::vector<RecordId>>("[\"1\"]") == "expected a list of ids, found a list containing a string");
}

TEST_CASE("strings are read completely, however they are escaped") {
    std::string const piece = R"(\"\\\/\b\f\n\r\tA\u0000\u00e9\ud83d\ude00)";
    std::string const meant{"\"\\/\b\f\n\r\tA\0\u00e9\U0001F600", 16};
    std::string escaped;
    std::string expected;
    for (int i = 0; i < 1000; ++i) {
        escaped += piece;
        expected += meant;
    }
    CHECK(value_of<std::string>('"' + escaped + '"') == expected);
    auto const rows = rows_in<One<std::string>>(R"([{"id": 1, "x": "\u0041"}, {"id": 2, "x": "\u0042"}])");
    REQUIRE(rows.has_value());
    CHECK(rows->at(0).x == "A");
    CHECK(rows->at(1).x == "B");
}
