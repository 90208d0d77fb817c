// SPDX-License-Identifier: BSL-1.0
// Rows equal the values read from the response as JSON.
#include "odoo/fixtures/any_response.hpp"
#include "odoo/fixtures/decoded_rows.hpp"
#include "support/catch.hpp"
#include "support/holds.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <optional>
#include <rapidcheck.h>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;

namespace {

struct Written {
    std::optional<Date> date;
    std::optional<DateTime> time;
    Binary image;
};
BOOST_DESCRIBE_STRUCT(Written, (), (date, time, image))

struct Read {
    bool active = false;
    std::optional<bool> checked;
    int color = 0;
    std::optional<RecordId> user_id;
    double credit = 0;
    std::string name;
    std::optional<std::string> email;
    Many2one company_id;
    std::optional<Many2one> parent_id;
    std::vector<RecordId> category_id;

    bool operator==(Read const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Read, (),
                      (active, checked, color, user_id, credit, name, email, company_id, parent_id, category_id))

// Reads values by way of JSON; nullopt for a value that does not fit.

bool is_empty(json const& value) { return value.is_null() || value == false; }

std::optional<bool> read_value(json const& value, bool) {
    return value.is_boolean() ? std::optional{value.get<bool>()} : std::nullopt;
}
std::optional<RecordId> read_value(json const& value, RecordId) {
    if (value.is_array()) {
        bool const is_pair = value.size() == 2 && (value[1].is_string() || is_empty(value[1]));
        return is_pair && !value[0].is_array() ? read_value(value[0], RecordId{}) : std::nullopt;
    }
    bool const fits = value.is_number_integer()
                      && (!value.is_number_unsigned()
                          || value.get<std::uint64_t>() <= std::uint64_t{std::numeric_limits<RecordId>::max()});
    return fits ? std::optional{value.get<RecordId>()} : std::nullopt;
}
std::optional<int> read_value(json const& value, int) {
    auto const number = value.is_array() ? std::nullopt : read_value(value, RecordId{});
    if (!number || *number != static_cast<int>(*number)) return std::nullopt;
    return static_cast<int>(*number);
}
std::optional<double> read_value(json const& value, double) {
    return value.is_number() ? std::optional{value.get<double>()} : std::nullopt;
}
std::optional<std::string> read_value(json const& value, std::string const&) {
    if (is_empty(value)) return std::string{};
    return value.is_string() ? std::optional{value.get<std::string>()} : std::nullopt;
}
std::optional<Many2one> read_value(json const& value, Many2one const&) {
    auto const id = read_value(value, RecordId{});
    if (!id) return std::nullopt;
    return Many2one{*id, value.is_array() && value[1].is_string() ? value[1].get<std::string>() : std::string{}};
}
std::optional<std::vector<RecordId>> read_value(json const& value, std::vector<RecordId> const&) {
    std::vector<RecordId> ids;
    if (is_empty(value)) return ids;
    if (!value.is_array()) return std::nullopt;
    for (auto const& element : value) {
        auto const id = element.is_array() ? std::nullopt : read_value(element, RecordId{});
        if (!id) return std::nullopt;
        ids.push_back(*id);
    }
    return ids;
}

template <class T>
bool read_member(json const& record, char const* name, T& member) {
    if (!record.contains(name)) return false;
    auto const value = read_value(record[name], T{});
    if (value) member = *value;
    return value.has_value();
}
template <class T>
bool read_member(json const& record, char const* name, std::optional<T>& member) {
    if (!record.contains(name)) return false;
    bool const is_boolean = std::is_same_v<T, bool>;
    if (record[name].is_null() || (!is_boolean && record[name] == false)) return true;
    return read_member(record, name, member.emplace());
}

std::optional<std::vector<Read>> read_rows(json const& records) {
    std::vector<Read> rows;
    if (!records.is_array()) return std::nullopt;
    for (auto const& record : records) {
        Read row;
        RecordId id = 0;
        bool const fits =
            record.is_object() && record.contains("id") && !record["id"].is_array() && read_member(record, "id", id)
            && read_member(record, "active", row.active) && read_member(record, "checked", row.checked)
            && read_member(record, "color", row.color) && read_member(record, "user_id", row.user_id)
            && read_member(record, "credit", row.credit) && read_member(record, "name", row.name)
            && read_member(record, "email", row.email) && read_member(record, "company_id", row.company_id)
            && read_member(record, "parent_id", row.parent_id) && read_member(record, "category_id", row.category_id);
        if (!fits) return std::nullopt;
        rows.push_back(std::move(row));
    }
    return rows;
}

/// Requires that both ways give the same rows, or none. Returns true if there are rows.
bool has_rows_as_by_json(std::string const& text) {
    auto const parsed = json::parse(text, nullptr, false);
    auto const expected = parsed.is_discarded() ? std::nullopt : read_rows(parsed);
    auto const rows = rows_in<Read>(text);
    RC_ASSERT(rows.has_value() == expected.has_value());
    if (rows) RC_ASSERT(*rows == *expected);
    return rows.has_value() && !rows->empty();
}

}  // namespace

TEST_CASE("rows equal the records of the response, and a value that does not fit gives no rows") {
    int fitting = 0;
    CHECK(holds([&](AnyResponse const& response) {
        auto const expected = read_rows(response.records);
        auto const rows = rows_in<Read>(response.text());
        RC_ASSERT(rows.has_value() == expected.has_value());
        if (rows) RC_ASSERT(*rows == *expected);
        fitting += rows.has_value() && !rows->empty();
    }));
    CHECK(fitting > 100);
}

TEST_CASE("rows equal those read as JSON when the bytes of a response in Odoo's format are changed") {
    std::vector<std::string> const asked{"id",   "active", "checked",    "color",     "user_id",    "credit",
                                         "name", "email",  "company_id", "parent_id", "category_id"};
    int fitting = 0;
    CHECK(holds([&](AnyResponse response) {
        for (auto& record : response.records) record.erase("nobody_asked");
        auto const whole = by_python(response.records, asked);
        for (auto const& text : {whole, response.changed(whole)}) fitting += has_rows_as_by_json(text);
    }));
    CHECK(fitting > 100);
}

TEST_CASE("both parsers reject the same responses when the bytes are changed") {
    int fitting = 0;
    CHECK(holds([&](AnyResponse const& response) { fitting += has_rows_as_by_json(response.changed_text()); }));
    CHECK(fitting > 20);
}

TEST_CASE("dates, times and bytes are read back as written") {
    CHECK(holds([](std::vector<std::uint8_t> const& bytes) {
        constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        std::string base64;
        for (std::size_t at = 0; at < bytes.size(); at += 3) {
            auto const byte = [&](std::size_t i) { return at + i < bytes.size() ? unsigned{bytes[at + i]} : 0u; };
            auto const bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            auto const have = std::min<std::size_t>(3, bytes.size() - at);
            for (std::size_t i = 0; i < 4; ++i) base64 += i <= have ? digits[bits >> (18 - 6 * i) & 63] : '=';
        }
        auto const seconds = *gen::inRange<std::int64_t>(-62135596800, 253402300800);  // the years 1 to 9999
        DateTime const time{std::chrono::seconds{seconds}};
        auto const midnight = std::chrono::floor<std::chrono::days>(time);
        Date const date{midnight};
        std::chrono::hh_mm_ss const of_day{time - midnight};
        char written[80];
        std::snprintf(written, sizeof written, "%04d-%02u-%02u %02d:%02d:%02d", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                      static_cast<int>(of_day.hours().count()), static_cast<int>(of_day.minutes().count()),
                      static_cast<int>(of_day.seconds().count()));
        std::string const stamp{written};
        json const record{{"id", 7}, {"date", stamp.substr(0, 10)}, {"time", stamp}, {"image", base64}};
        auto const rows = rows_in<Written>(json::array({record}).dump());
        RC_ASSERT(rows.has_value());
        RC_ASSERT(rows->front().date == date);
        RC_ASSERT(rows->front().time == time);
        auto const as_byte = [](std::byte one, std::uint8_t other) {
            return std::to_integer<std::uint8_t>(one) == other;
        };
        RC_ASSERT(std::ranges::equal(rows->front().image, bytes, as_byte));
    }));
}
