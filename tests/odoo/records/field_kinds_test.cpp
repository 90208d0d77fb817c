// SPDX-License-Identifier: BSL-1.0
// Fields of each type, as recorded from Odoo 16 and 19, are read into their members.
#include "odoo/fixtures/decoded_rows.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;

namespace {

struct Reading {
    int version;
    std::string_view what;
    char const* response;
};
constexpr Reading readings[]{
#include "odoo/data/reads.inc"
};

/// Returns the recorded responses as rows, one list per version.
template <Row T>
std::vector<std::vector<T>> recorded_reads(std::string_view what) {
    std::vector<std::vector<T>> all;
    for (auto const& reading : readings) {
        if (reading.what != what) continue;
        auto const rows = rows_in<T>(reading.response);
        INFO(reading.version << ": " << (rows ? "" : rows.error().what()));
        REQUIRE(rows.has_value());
        all.push_back(*rows);
    }
    REQUIRE(all.size() == 2);
    return all;
}

/// Returns why a struct does not fit, which must be the same in both versions.
template <Row T>
std::string rejection(std::string_view what) {
    std::string reason;
    for (auto const& reading : readings) {
        if (reading.what != what) continue;
        auto const text = rejection_of<T>(reading.response);
        if (!reason.empty()) CHECK(reason == text);
        reason = text;
    }
    return reason;
}

enum class Choice { aa, bb };
BOOST_DESCRIBE_ENUM(Choice, aa, bb)
enum class OtherChoice { draft, done };
BOOST_DESCRIBE_ENUM(OtherChoice, draft, done)

struct SomeCountry;

struct EveryType {
    std::string x_req;
    std::string x_text;
    int x_int = 0;
    double x_float = 0;
    bool x_bool = false;
    std::optional<Choice> x_sel;
    std::optional<Date> x_date;
    std::optional<DateTime> x_dt;
    Many2one x_m2o;

    bool operator==(EveryType const&) const = default;
};
BOOST_DESCRIBE_STRUCT(EveryType, (), (x_req, x_text, x_int, x_float, x_bool, x_sel, x_date, x_dt, x_m2o))

/// Other member types for these fields.
struct EveryOtherType {
    std::optional<std::string> x_req;
    std::optional<std::string> x_text;
    RecordId x_int = 0;
    std::optional<double> x_float;
    std::optional<bool> x_bool;
    std::string x_sel;
    std::string x_date;
    std::string x_dt;
    std::optional<Many2one> x_m2o;

    bool operator==(EveryOtherType const&) const = default;
};
BOOST_DESCRIBE_STRUCT(EveryOtherType, (), (x_req, x_text, x_int, x_float, x_bool, x_sel, x_date, x_dt, x_m2o))

template <class T>
struct Demand {
    T x_text{};
};
BOOST_DESCRIBE_STRUCT(Demand<int>, (), (x_text))
BOOST_DESCRIBE_STRUCT(Demand<Date>, (), (x_text))
BOOST_DESCRIBE_STRUCT(Demand<OtherChoice>, (), (x_text))

struct Required {
    Date x_date;
};
BOOST_DESCRIBE_STRUCT(Required, (), (x_date))

struct RequiredRelation {
    Many2one x_m2o;
};
BOOST_DESCRIBE_STRUCT(RequiredRelation, (), (x_m2o))

struct Text {
    std::string x_req;
};
BOOST_DESCRIBE_STRUCT(Text, (), (x_req))

struct Time {
    DateTime x_dt;
};
BOOST_DESCRIBE_STRUCT(Time, (), (x_dt))

struct Many {
    std::vector<RecordId> x_m2m;
};
BOOST_DESCRIBE_STRUCT(Many, (), (x_m2m))

struct Found {
    RecordId id = 0;
    std::string name;
    Ref<SomeCountry> company;
    bool is_company = false;
    std::vector<RecordId> category_id;
    std::optional<DateTime> create_date;
};
BOOST_DESCRIBE_STRUCT(Found, (), (id, name, company, is_company, category_id, create_date))

struct Attachment {
    Binary datas;
    int file_size = 0;
};
BOOST_DESCRIBE_STRUCT(Attachment, (), (datas, file_size))

}  // namespace

TEST_CASE("a field of each type is read") {
    using namespace std::chrono;
    Date const date{year{2020}, February, day{2}};
    DateTime const time = sys_days{date} + 2h + 2min + 2s;
    for (auto const& rows : recorded_reads<EveryType>("every type")) {
        EveryType const expected{"", "dflt", 7, 1.5, true, Choice::bb, date, time, {1, "Andorra"}};
        CHECK(rows == std::vector{expected});
    }
    for (auto const& rows : recorded_reads<EveryOtherType>("every type")) {
        EveryOtherType const expected{
            std::nullopt, "dflt", 7, 1.5, true, "bb", "2020-02-02", "2020-02-02 02:02:02", Many2one{1, "Andorra"}};
        CHECK(rows == std::vector{expected});
    }
}

TEST_CASE("an empty field of each type is read") {
    for (auto const& rows : recorded_reads<EveryOtherType>("empty")) {
        EveryOtherType const expected{std::nullopt, std::nullopt, 0, 0.0, false, "", "", "", std::nullopt};
        CHECK(rows == std::vector{expected});
    }
}

TEST_CASE("text is read with all its characters") {
    for (auto const& rows : recorded_reads<Text>("texts")) {
        REQUIRE(rows.size() == 4);
        CHECK(rows[0].x_req == "a, \"b\" 'c'\\");
        CHECK(rows[1].x_req == "l1\nl2\r\nl3");
        CHECK(rows[2].x_req == "\t lead/trail \t");
        CHECK(rows[3].x_req == "\U0001F600\u00e9\u6f22");
    }
}

TEST_CASE("times are in UTC, including those that a clock in Brussels skips or shows twice") {
    using namespace std::chrono;
    for (auto const& rows : recorded_reads<Time>("times")) {
        REQUIRE(rows.size() == 4);
        CHECK(rows[0].x_dt == sys_days{2026y / July / 1} + 12h);
        CHECK(rows[2].x_dt == sys_days{2026y / March / 29} + 2h + 30min);
        CHECK(rows[3].x_dt == sys_days{2026y / October / 25} + 2h + 30min);
    }
}

TEST_CASE("a field that refers to many records is read as a list of ids") {
    for (auto const& rows : recorded_reads<Many>("many")) {
        REQUIRE(rows.size() == 2);
        CHECK(rows[0].x_m2m.size() == 2);
        CHECK(rows[0].x_m2m == rows[1].x_m2m);
    }
}

TEST_CASE("a reference is read from a pair, and from false if it is empty") {
    for (auto const& rows : recorded_reads<Found>("search")) {
        REQUIRE(rows.size() == 2);
        CHECK_FALSE(rows[0].company);
        CHECK(rows[0].is_company);
        CHECK(rows[0].category_id.empty());
        REQUIRE(rows[1].company);
        CHECK(rows[1].company.id == 1);
        CHECK(rows[1].company.name == "My Company");
        CHECK(rows[1].create_date > DateTime{});
    }
}

TEST_CASE("binary fields are decoded") {
    for (auto const& rows : recorded_reads<Attachment>("attachment")) {
        REQUIRE(rows.size() == 1);
        CHECK(rows[0].datas == bytes("hello"));
        CHECK(rows[0].file_size == 5);
    }
}

TEST_CASE("the error for a field that does not fit names record, field, expected and found") {
    CHECK(rejection<Demand<int>>("every type")
          == R"(record 1, field x_text: expected a 32-bit integer, found a string)");
    CHECK(rejection<Demand<Date>>("every type") == R"(record 1, field x_text: expected a date, found "dflt")");
    CHECK(rejection<Demand<OtherChoice>>("every type")
          == R"(record 1, field x_text: expected one of draft, done, found "dflt")");
    CHECK(rejection<Required>("empty")
          == "record 1, field x_date: expected a date, found false, an empty field: make the member a std::optional");
    CHECK(rejection<RequiredRelation>("empty")
          == "record 1, field x_m2o: expected an id or a pair [id, name], found false, an empty field: make the "
             "member a std::optional");
}
