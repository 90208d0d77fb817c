// SPDX-License-Identifier: BSL-1.0
#include "odoo/records/row_values.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace zenoo_rpc::detail {

namespace {

/// Reads two-digit numbers from a text, which must be long enough.
class TwoDigits {
public:
    explicit TwoDigits(std::string_view text) noexcept : text_{text} {}

    unsigned at(std::size_t place) noexcept {
        auto const tens = static_cast<unsigned>(text_[place]) - '0';
        auto const ones = static_cast<unsigned>(text_[place + 1]) - '0';
        are_digits_ &= (tens <= 9) & (ones <= 9);
        return tens * 10 + ones;
    }
    /// Returns true if all characters read were digits.
    bool are_digits() const noexcept { return are_digits_; }

private:
    std::string_view text_;
    bool are_digits_ = true;
};

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
    TwoDigits number{text};
    auto const year = number.at(0) * 100 + number.at(2);
    auto const month = number.at(5);
    auto const day = number.at(8);
    if (!number.are_digits()) return std::nullopt;
    Date const date{std::chrono::year{static_cast<int>(year)}, std::chrono::month{month}, std::chrono::day{day}};
    if (!date.ok()) return std::nullopt;
    return date;
}

std::optional<DateTime> date_time_in(std::string_view text) noexcept {
    if (text.size() != 19 || text[10] != ' ' || text[13] != ':' || text[16] != ':') return std::nullopt;
    auto const date = date_in(text.substr(0, 10));
    TwoDigits number{text};
    auto const hours = number.at(11);
    auto const minutes = number.at(14);
    auto const seconds = number.at(17);
    if (!date || !number.are_digits() || hours >= 24 || minutes >= 60 || seconds >= 60) return std::nullopt;
    return std::chrono::sys_days{*date} + std::chrono::seconds{(hours * 60 + minutes) * 60 + seconds};
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
