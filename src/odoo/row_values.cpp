// SPDX-License-Identifier: BSL-1.0
#include "odoo/row_values.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace zenoo_rpc::detail {

namespace {

/// That many digits, of which `text` has enough; -1 for anything else.
template <std::size_t count>
constexpr int number_at(std::string_view text, std::size_t at) noexcept {
    unsigned number = 0;
    bool are_digits = true;
    for (std::size_t i = at; i < at + count; ++i) {
        auto const digit = static_cast<unsigned>(text[i]) - '0';
        are_digits &= digit <= 9;
        number = number * 10 + digit;
    }
    return are_digits ? static_cast<int>(number) : -1;
}

constexpr std::uint8_t no_digit = 0xff;

constexpr auto base64_digits = [] {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array<std::uint8_t, 256> values{};
    values.fill(no_digit);
    for (std::uint8_t value = 0; value < digits.size(); ++value) {
        values[static_cast<unsigned char>(digits[value])] = value;
    }
    return values;
}();

}  // namespace

std::optional<Date> date_in(std::string_view text) noexcept {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    auto const year = number_at<4>(text, 0);
    auto const month = number_at<2>(text, 5);
    auto const day = number_at<2>(text, 8);
    if (year < 0 || month < 0 || day < 0) return std::nullopt;
    Date const date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                    std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    return date;
}

std::optional<DateTime> date_time_in(std::string_view text) noexcept {
    if (text.size() != 19 || text[10] != ' ' || text[13] != ':' || text[16] != ':') return std::nullopt;
    auto const date = date_in(text.substr(0, 10));
    auto const hours = number_at<2>(text, 11);
    auto const minutes = number_at<2>(text, 14);
    auto const seconds = number_at<2>(text, 17);
    auto const within = [](int number, int limit) { return number >= 0 && number < limit; };
    if (!date || !within(hours, 24) || !within(minutes, 60) || !within(seconds, 60)) return std::nullopt;
    return std::chrono::sys_days{*date} + std::chrono::hours{hours} + std::chrono::minutes{minutes}
           + std::chrono::seconds{seconds};
}

bool append_base64(Binary& bytes, std::string_view text) {
    if (text.size() % 4 != 0) return false;
    std::size_t padding = 0;
    while (padding < 2 && text.ends_with('=')) {
        text.remove_suffix(1);
        ++padding;
    }
    bytes.reserve(bytes.size() + text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    int count = 0;
    for (char const c : text) {
        auto const value = base64_digits[static_cast<unsigned char>(c)];
        if (value == no_digit) return false;
        bits = bits << 6 | value;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes.push_back(static_cast<std::byte>(bits >> count & 0xff));
    }
    return true;
}

}  // namespace zenoo_rpc::detail
