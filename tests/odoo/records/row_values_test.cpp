// SPDX-License-Identifier: BSL-1.0
// What becomes of each value that a field of Odoo's may have.
#include "odoo/fixtures/decoded_rows.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;

TEST_CASE("an empty text, list or binary is that") {
    for (std::string const empty : {"false", "null"}) {
        CHECK(value_of<std::string>(empty).empty());
        CHECK(value_of<std::vector<RecordId>>(empty).empty());
        CHECK(value_of<Binary>(empty).empty());
    }
}

TEST_CASE("there is no number, date, record or choice that means none") {
    CHECK(misfit<int>("false") == "expected an integer of 32 bits, found false: an empty field needs a std::optional");
    CHECK(misfit<RecordId>("null") == "expected an integer, found null: an empty field needs a std::optional");
    CHECK(misfit<double>("false") == "expected a number, found false: an empty field needs a std::optional");
    CHECK(misfit<Date>("false") == "expected a date, found false: an empty field needs a std::optional");
    CHECK(misfit<DateTime>("false") == "expected a date and time, found false: an empty field needs a std::optional");
    CHECK(misfit<Many2one>("false")
          == "expected an id, or a pair of id and name, found false: an empty field needs a std::optional");
    CHECK(misfit<State>("false")
          == "expected one of draft, private, done, found false: an empty field needs a std::optional");
    CHECK(misfit<bool>("null") == "expected true or false, found null: an empty field needs a std::optional");
}

TEST_CASE("a value of another type is named with record, field, expected and found") {
    CHECK(complaint_in<One<std::string>>(R"([{"id": 3, "x": ""}, {"id": 7, "x": 12}])")
          == "record 7, field x: expected a text, found 12");
    CHECK(misfit<std::string>("true") == "expected a text, found true");
    CHECK(misfit<std::string>("{}") == "expected a text, found an object");
    CHECK(misfit<std::string>("[]") == "expected a text, found a list");
    CHECK(misfit<bool>("1") == "expected true or false, found 1");
    CHECK(misfit<bool>("\"true\"") == "expected true or false, found a text");
    CHECK(misfit<int>("1.0") == "expected an integer of 32 bits, found 1.0");
    CHECK(misfit<RecordId>("\"7\"") == "expected an integer, found a text");
    CHECK(misfit<double>("\"0.5\"") == "expected a number, found a text");
    CHECK(misfit<double>("true") == "expected a number, found true");
    CHECK(misfit<Many2one>("\"Ada\"") == "expected an id, or a pair of id and name, found a text");
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
    CHECK(misfit<int>("2147483648") == "expected an integer of 32 bits, found 2147483648");
    CHECK(misfit<int>("-2147483649") == "expected an integer of 32 bits, found -2147483649");
    CHECK(misfit<RecordId>("9223372036854775808") == "expected an integer, found 9223372036854775808");
    CHECK(misfit<RecordId>("-9223372036854775809") == "expected an integer, found -9223372036854775809");
    CHECK(misfit<double>("1e309") == "expected a number, found 1e309");
    CHECK(misfit<double>("-1e309") == "expected a number, found -1e309");
    CHECK(misfit<std::vector<RecordId>>("[1, 9223372036854775808]")
          == "expected a list of ids, found a list with 9223372036854775808 in it");
}

TEST_CASE("a number is the double that is nearest to its digits") {
    CHECK(value_of<double>("0.1") == 0.1);
    CHECK(value_of<double>("1234567.89") == 1234567.89);
    CHECK(value_of<double>("7.2057594037927933e16") == 7.2057594037927933e16);
    CHECK(value_of<double>("18446744073709551615") == 18446744073709551615.0);
    CHECK(value_of<double>("1.7976931348623157e308") == std::numeric_limits<double>::max());
    CHECK(value_of<double>("5e-324") == std::numeric_limits<double>::denorm_min());
    CHECK(value_of<double>("1e-400") == 0);
    CHECK(value_of<double>("-3") == -3);
}

TEST_CASE("a date that is none is shown") {
    for (std::string const text : {"2026-02-30", "2026-13-01", "2026-1-1", "2026-01-01 00:00:00", "01/02/2026", ""}) {
        CHECK(misfit<Date>('"' + text + '"') == "expected a date, found \"" + text + '"');
    }
    for (std::string const text :
         {"2026-01-01", "2026-01-01T00:00:00", "2026-01-01 24:00:00", "2026-01-01 00:60:00", "2026-01-01 00:00:60",
          "2026-01-01 00:00:-1", "2026-01-01 00:00:00.5", "2026-02-29 00:00:00"}) {
        CHECK(misfit<DateTime>('"' + text + '"') == "expected a date and time, found \"" + text + '"');
    }
    CHECK(misfit<Date>('"' + std::string(41, '1') + '"') == "expected a date, found a text of 41 bytes");
    CHECK(misfit<Date>(R"("a\n\"b")") == R"(expected a date, found "a\n\"b")");
}

TEST_CASE("a choice that is none is shown, with those that are") {
    CHECK(misfit<State>("\"sent\"") == "expected one of draft, private, done, found \"sent\"");
    CHECK(misfit<State>("\"private_\"") == "expected one of draft, private, done, found \"private_\"");
}

TEST_CASE("binary is base64, with its padding") {
    CHECK(value_of<Binary>("\"\"").empty());
    CHECK(value_of<Binary>("\"YQ==\"") == bytes("a"));
    CHECK(value_of<Binary>("\"YWI=\"") == bytes("ab"));
    CHECK(value_of<Binary>("\"YWJj\"") == bytes("abc"));
    CHECK(value_of<Binary>("\"/+\\/+\"") == Binary{std::byte{0xff}, std::byte{0xef}, std::byte{0xfe}});
    for (std::string const text : {"YQ", "YQ=", "Y===", "====", "YQ==YQ==", "YW-j", "12.5 Kb", "aGVsbG8"}) {
        INFO(text);
        CHECK(misfit<Binary>('"' + text + '"') == "expected base64, found a text that is not");
    }
}

TEST_CASE("a record is referred to by its id, or by its id and name") {
    CHECK(value_of<Many2one>("7") == Many2one{7, ""});
    CHECK(value_of<Many2one>("[7, \"Ada \\u00dc\"]") == Many2one{7, "Ada \u00dc"});
    CHECK(value_of<Many2one>("[7, false]") == Many2one{7, ""});
    CHECK(value_of<RecordId>("[7, \"Ada\"]") == 7);
    for (std::string const kind : {"an id, or a pair of id and name", "an integer"}) {
        auto const why = [&](std::string const& value) {
            return kind == "an integer" ? misfit<RecordId>(value) : misfit<Many2one>(value);
        };
        CHECK(why("[]") == "expected " + kind + ", found a list of 0");
        CHECK(why("[7]") == "expected " + kind + ", found a list of 1");
        CHECK(why("[7, \"Ada\", 8]") == "expected " + kind + ", found a list with 8 in it");
        CHECK(why("[\"Ada\", 7]") == "expected " + kind + ", found a list with a text in it");
        CHECK(why("[7, 8]") == "expected " + kind + ", found a list with 8 in it");
        CHECK(why("[7, true]") == "expected " + kind + ", found a list with true in it");
        CHECK(why("[[7, \"Ada\"]]") == "expected " + kind + ", found a list with a list in it");
        CHECK(why("[7, {}]") == "expected " + kind + ", found a list with an object in it");
    }
}

TEST_CASE("a list of ids has nothing else in it") {
    CHECK(value_of<std::vector<RecordId>>("[3, 1, 2]") == std::vector<RecordId>{3, 1, 2});
    for (std::string const element : {"false", "null", "1.5", "true"}) {
        CHECK(misfit<std::vector<RecordId>>("[1, " + element + "]")
              == "expected a list of ids, found a list with " + element + " in it");
    }
    CHECK(misfit<std::vector<RecordId>>("[\"1\"]") == "expected a list of ids, found a list with a text in it");
}

TEST_CASE("texts are whole, however they are escaped") {
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
