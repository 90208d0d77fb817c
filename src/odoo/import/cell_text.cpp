// SPDX-License-Identifier: BSL-1.0
#include "odoo/import/cell_text.hpp"

#include "odoo/records/excerpt.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

/// Returns true if the whole text is a decimal number that fits `Number`.
template <class Number>
bool parses(std::string_view text, Number& number) {
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool equal_but_for_case(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

/// Returns the number made of the `count` digits at `first`.
int number_at(std::string_view text, std::size_t first, std::size_t count) {
    int number = 0;
    for (char const digit : text.substr(first, count)) number = number * 10 + (digit - '0');
    return number;
}

/// Returns true if `text` equals `pattern`, where each 0 of the pattern stands for any digit.
bool is_like(std::string_view text, std::string_view pattern) {
    return std::ranges::equal(text, pattern, [](char c, char p) { return p == '0' ? is_digit(c) : c == p; });
}

/// Returns true for a valid date. Years before 1000 are rejected, because Odoo's `create` corrupts them.
bool is_day(std::string_view text) {
    if (!is_like(text, "0000-00-00")) return false;
    std::chrono::year const year{number_at(text, 0, 4)};
    std::chrono::month const month{static_cast<unsigned>(number_at(text, 5, 2))};
    std::chrono::day const day{static_cast<unsigned>(number_at(text, 8, 2))};
    return (year / month / day).ok() && year >= std::chrono::year{1000};
}

bool is_time(std::string_view text) {
    return is_like(text, "00:00:00") && number_at(text, 0, 2) < 24 && number_at(text, 3, 2) < 60
           && number_at(text, 6, 2) < 60;
}

std::string const& string_in(json const& value, char const* expected) {
    if (!value.is_string()) refuse_cell(expected, value);
    return value.get_ref<std::string const&>();
}

}  // namespace

void refuse_cell(std::string_view expected, json const& found) {
    refuse_cell("expected " + std::string{expected} + ", found " + excerpt_of(found));
}

std::string text_cell(json const& value) {
    if (value.is_number_integer()) return value.dump();
    if (!value.is_string()) refuse_cell("text", value);
    auto const& text = value.get_ref<std::string const&>();
    if (text.find('\0') != std::string::npos)
        refuse_cell("the text contains a NUL byte, which PostgreSQL cannot store");
    try {
        static_cast<void>(value.dump());
    } catch (json::type_error const&) {
        refuse_cell("the text is not valid UTF-8");
    }
    return text;
}

std::string integer_cell(json const& value) {
    using Limits = std::numeric_limits<std::int32_t>;
    constexpr auto expected = "an integer between -2147483648 and 2147483647";
    double number = 0;
    if (value.is_string()) {
        std::int32_t parsed = 0;
        if (!parses(value.get_ref<std::string const&>(), parsed)) refuse_cell(expected, value);
        number = parsed;
    } else if (value.is_number()) {
        number = value.get<double>();
    } else {
        refuse_cell(expected, value);
    }
    bool const in_range = number >= Limits::min() && number <= Limits::max();
    if (!in_range || number != std::trunc(number)) refuse_cell(expected, value);
    return std::to_string(static_cast<std::int32_t>(number));
}

std::string float_cell(json const& value) {
    constexpr auto expected = "a finite number with . as the decimal point";
    double number = 0;
    if (value.is_string()) {
        if (!parses(value.get_ref<std::string const&>(), number)) refuse_cell(expected, value);
    } else if (value.is_number()) {
        number = value.get<double>();
    } else {
        refuse_cell(expected, value);
    }
    if (!std::isfinite(number)) refuse_cell(expected, value);
    std::array<char, 32> buffer;
    auto const written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);  // shortest, round trip
    return {buffer.data(), written.ptr};
}

std::string boolean_cell(json const& value) {
    static constexpr std::array<std::string_view, 3> truths{"1", "true", "True"};
    static constexpr std::array<std::string_view, 3> falsehoods{"0", "false", "False"};
    auto const text = value.is_string() ? value.get<std::string>() : value.dump();
    if (std::ranges::find(truths, text) != truths.end()) return "1";
    if (std::ranges::find(falsehoods, text) != falsehoods.end()) return "0";
    refuse_cell("true or false", value);
}

std::string date_cell(json const& value) {
    constexpr auto expected = "a date from the year 1000 on, such as 2026-11-23";
    auto const& text = string_in(value, expected);
    if (!is_day(text)) refuse_cell(expected, value);
    return text;
}

std::string datetime_cell(json const& value) {
    constexpr auto expected = "a date and time in UTC, such as 2026-11-23 12:00:00";
    std::string_view const text = string_in(value, expected);
    if (text.size() != 19 || !is_day(text.substr(0, 10)) || text[10] != ' ' || !is_time(text.substr(11))) {
        refuse_cell(expected, value);
    }
    return std::string{text};
}

std::string selection_cell(json const& value, FieldType const& type) {
    auto const& key = string_in(value, "the key of a selection as text");
    auto const choice = std::ranges::find(type.choices, key, &FieldType::Choice::key);
    if (choice == type.choices.end()) {
        std::string keys;
        for (auto const& each : type.choices) keys += (keys.empty() ? "" : ", ") + each.key;
        refuse_cell("one of " + keys, value);
    }
    auto is_taken_for = [&](FieldType::Choice const& other) {
        return equal_but_for_case(other.key, key) || equal_but_for_case(other.label, key);
    };
    auto const before = std::find_if(type.choices.begin(), choice, is_taken_for);
    if (before != choice) {
        refuse_cell("Odoo's import would read the key " + key + " as the choice " + before->key
                    + ", which comes first and has the same key or label in another case");
    }
    return key;
}

std::string base64_cell(json const& value) {
    std::string_view const text = string_in(value, "base64");
    auto is_letter = [](char c) { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '+' || c == '/'; };
    auto const padding = text.size() - std::min(text.size(), text.find_last_not_of('=') + 1);
    bool const is_whole = text.size() % 4 == 0 && padding <= 2;
    if (!is_whole || !std::ranges::all_of(text.substr(0, text.size() - padding), is_letter)) {
        refuse_cell("expected base64, found a string of " + std::to_string(text.size()) + " bytes that is not base64");
    }
    return std::string{text};
}

std::string reference_cell(json const& value) {
    constexpr auto expected = "a model and a record id, such as res.partner,7";
    std::string_view const text = string_in(value, expected);
    auto const comma = text.find(',');
    std::int64_t id = 0;
    bool const is_pair = comma != std::string_view::npos && comma > 0 && parses(text.substr(comma + 1), id) && id > 0;
    if (!is_pair) refuse_cell(expected, value);
    return text_cell(value);
}

std::string json_cell(json const& value) {
    try {
        return value.dump();
    } catch (json::type_error const&) {
        refuse_cell("the value contains text that is not valid UTF-8");
    }
}

}  // namespace zenoo_rpc::detail
