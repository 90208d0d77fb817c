// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/retry_after.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <ctime>
#include <iomanip>
#include <locale>
#include <optional>
#include <sstream>
#include <string>

namespace zenoo_rpc::detail {

namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

/// "Sun, 06 Nov 1994 08:49:37 GMT"
std::optional<sys_seconds> http_date(std::string_view text) {
    std::istringstream stream{std::string{text}};
    stream.imbue(std::locale::classic());
    std::tm parts{};
    std::string zone;
    stream >> std::get_time(&parts, "%a, %d %b %Y %H:%M:%S") >> zone;
    if (!stream || zone != "GMT" || stream.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
    std::chrono::year_month_day const day{std::chrono::year{parts.tm_year + 1900},
                                          std::chrono::month{static_cast<unsigned>(parts.tm_mon + 1)},
                                          std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
    if (!day.ok()) return std::nullopt;
    return std::chrono::sys_days{day} + std::chrono::hours{parts.tm_hour} + std::chrono::minutes{parts.tm_min}
           + seconds{parts.tm_sec};
}

Duration wait_of(double count) { return scaled(seconds{1}, count); }

}  // namespace

Duration requested_delay(std::string_view retry_after, std::string_view date) {
    auto const is_digit = [](char c) { return '0' <= c && c <= '9'; };
    if (!retry_after.empty() && std::ranges::all_of(retry_after, is_digit)) {
        double count = 0;
        std::from_chars(retry_after.data(), retry_after.data() + retry_after.size(), count);
        return wait_of(count);
    }
    auto const until = http_date(retry_after);
    auto const now = http_date(date);
    return until && now ? wait_of(static_cast<double>((*until - *now).count())) : Duration::zero();
}

}  // namespace zenoo_rpc::detail
