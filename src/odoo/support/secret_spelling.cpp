// SPDX-License-Identifier: BSL-1.0
#include "odoo/support/secret_spelling.hpp"

#include <openssl/asn1.h>

#include <array>
#include <charconv>
#include <optional>

namespace zenoo_rpc::detail {

namespace {

/// The number of bytes in a text, and of bytes in the secret that they represent.
struct Step {
    std::size_t text = 0;
    std::size_t secret = 0;

    explicit operator bool() const noexcept { return text > 0; }
};

/// Returns the hexadecimal number of an escape such as `\x41` or `\u0041`.
std::optional<unsigned> number(std::string_view text, char kind, std::size_t digits) noexcept {
    if (text.size() < 2 + digits || text[0] != '\\' || text[1] != kind) return std::nullopt;
    unsigned value = 0;
    auto const* const end = text.data() + 2 + digits;
    if (std::from_chars(text.data() + 2, end, value, 16).ptr != end) return std::nullopt;
    return value;
}

Step character(unsigned long which, std::size_t written, std::string_view secret) noexcept {
    std::array<unsigned char, 4> bytes{};
    auto const size = UTF8_putc(bytes.data(), static_cast<int>(bytes.size()), which);
    if (size <= 0) return {};
    std::string_view const as_utf8{reinterpret_cast<char const*>(bytes.data()), static_cast<std::size_t>(size)};
    return secret.starts_with(as_utf8) ? Step{written, as_utf8.size()} : Step{};
}

Step escaped(std::string_view text, std::string_view secret) noexcept {
    constexpr std::string_view short_ones =
        "\\\\''\"\"//n\nt\tr\rb\bf\f";  // pairs: letter after the backslash, character
    for (std::size_t i = 0; i < short_ones.size(); i += 2) {
        if (text[1] == short_ones[i] && secret[0] == short_ones[i + 1]) return {2, 1};
    }
    if (auto const byte = number(text, 'x', 2)) {
        bool const is_byte = *byte == static_cast<unsigned char>(secret[0]);
        return is_byte ? Step{4, 1} : character(*byte, 4, secret);
    }
    auto const unit = number(text, 'u', 4);
    if (!unit) return {};
    auto const next = number(text.substr(6), 'u', 4);
    bool const are_two = (*unit & 0xFC00) == 0xD800 && next && (*next & 0xFC00) == 0xDC00;
    if (!are_two) return character(*unit, 6, secret);
    return character(0x10000 + ((*unit & 0x3FF) << 10) + (*next & 0x3FF), 12, secret);
}

Step step(std::string_view text, std::string_view secret) noexcept {
    if (text.size() > 1 && text[0] == '\\') {
        if (auto const found = escaped(text, secret)) return found;
    }
    return !text.empty() && text[0] == secret[0] ? Step{1, 1} : Step{};
}

}  // namespace

std::size_t length_of_secret(std::string_view text, std::string_view secret) noexcept {
    if (text.starts_with(secret)) return secret.size();
    std::size_t length = 0;
    while (!secret.empty()) {
        auto const found = step(text.substr(length), secret);
        if (!found) return 0;
        length += found.text;
        secret.remove_prefix(found.secret);
    }
    return length;
}

}  // namespace zenoo_rpc::detail
