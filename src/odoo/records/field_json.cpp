// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/odoo/detail/field_json.hpp>

#include <array>
#include <cstdio>
#include <string>

namespace zenoo_rpc::detail {

namespace {

std::string text_of(Date date) {
    if (!date.ok() || date.year() < std::chrono::year{1} || date.year() > std::chrono::year{9999}) {
        throw std::invalid_argument{"invalid date: expected a day in the years 1 to 9999, found year "
                                    + std::to_string(static_cast<int>(date.year())) + ", month "
                                    + std::to_string(static_cast<unsigned>(date.month())) + ", day "
                                    + std::to_string(static_cast<unsigned>(date.day()))};
    }
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text.data();
}

}  // namespace

nlohmann::json json_of(Date date) { return text_of(date); }

nlohmann::json json_of(DateTime time) {
    auto const day = std::chrono::floor<std::chrono::days>(time);
    std::chrono::hh_mm_ss const clock{time - day};
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), " %02d:%02d:%02d", static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    return text_of(Date{day}) + text.data();
}

nlohmann::json json_of(Binary const& bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        unsigned bits = 0;
        for (std::size_t i = at; i < at + 3; ++i)
            bits = bits << 8 | (i < bytes.size() ? std::to_integer<unsigned>(bytes[i]) : 0);
        for (std::size_t i = 0; i < 4; ++i) {
            text += at + i > bytes.size() ? '=' : digits[bits >> (18 - 6 * i) & 63];
        }
    }
    return text.empty() ? nlohmann::json(false) : nlohmann::json(text);
}

}  // namespace zenoo_rpc::detail
