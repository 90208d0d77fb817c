// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/json_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

constexpr auto is_plain_byte = [] {
    std::array<bool, 256> plain{};
    for (std::size_t c = ' '; c <= '~'; ++c) plain[c] = c != '"' && c != '\\';
    return plain;
}();

/// Throws `json::type_error` if `text` is not UTF-8.
void append_text(std::string& target, std::string const& text) {
    if (is_plain(text)) {
        target.append(1, '"').append(text).append(1, '"');
    } else {
        target += json(text).dump();
    }
}

template <class Number>
void append_digits(std::string& target, Number number) {
    std::array<char, 24> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    target.append(digits.data(), end);
}

bool append_value(std::string& target, json const& value);

bool append_list(std::string& target, json const& list) {
    char before = '[';
    for (json const& each : list) {
        target += before;
        if (!append_value(target, each)) return false;
        before = ',';
    }
    target += before == '[' ? "[]" : "]";
    return true;
}

template <class Members>
bool append_object(std::string& target, Members const& members) {
    char before = '{';
    for (auto const& [name, member] : members) {
        target += before;
        append_text(target, name);
        target += ':';
        if (!append_value(target, member)) return false;
        before = ',';
    }
    target += before == '{' ? "{}" : "}";
    return true;
}

bool append_value(std::string& target, json const& value) {
    switch (value.type()) {
        case json::value_t::null: target += "null"; return true;
        case json::value_t::boolean: target += value.get<bool>() ? "true" : "false"; return true;
        case json::value_t::number_integer: append_digits(target, value.get<std::int64_t>()); return true;
        case json::value_t::number_unsigned: append_digits(target, value.get<std::uint64_t>()); return true;
        case json::value_t::number_float:
            if (!std::isfinite(value.get<double>())) return false;
            target += value.dump();
            return true;
        case json::value_t::string: append_text(target, value.get_ref<std::string const&>()); return true;
        case json::value_t::array: return append_list(target, value);
        case json::value_t::object: return append_object(target, value.get_ref<json::object_t const&>());
        default: return false;  // binary
    }
}

bool is_utf8(std::string const& text) {
    try {
        static_cast<void>(json(text).dump());
        return true;
    } catch (json::type_error const&) {
        return false;
    }
}

/// Returns where in `value` something cannot be sent, and why; nullopt if everything can.
std::optional<std::string> unsendable(json const& value, bool look_into_text) {
    if (value.is_binary() || value.is_discarded()) return ": binary data must be sent as base64 text";
    if (value.is_number_float() && !std::isfinite(value.get<double>())) return ": the number is not finite";
    if (value.is_string() && look_into_text && !is_utf8(value.get_ref<std::string const&>())) {
        return ": the text is not UTF-8";
    }
    if (value.is_array()) {
        for (std::size_t index = 0; index < value.size(); ++index) {
            if (auto const found = unsendable(value[index], look_into_text)) {
                return '[' + std::to_string(index) + ']' + *found;
            }
        }
    }
    if (value.is_object()) {
        for (auto const& [key, member] : value.items()) {
            if (look_into_text && !is_utf8(key)) return ": a field name is not UTF-8";
            if (auto const found = unsendable(member, look_into_text)) return '.' + key + *found;
        }
    }
    return std::nullopt;
}

[[noreturn]] void refuse(std::string_view what, std::string const& where_and_why) {
    throw std::invalid_argument{std::string{what} + where_and_why};
}

}  // namespace

bool is_plain(std::string_view text) noexcept {
    bool plain = true;
    for (char const c : text) plain &= is_plain_byte[static_cast<unsigned char>(c)];
    return plain;
}

void append_number(std::string& target, std::int64_t number) { append_digits(target, number); }

bool append_json(std::string& target, json const& value) {
    try {
        return append_value(target, value);
    } catch (json::type_error const&) {
        return false;
    }
}

bool append_json(std::string& target, Values const& record) {
    try {
        return append_object(target, record.members());
    } catch (json::type_error const&) {
        return false;
    }
}

std::string json_text(json const& value, std::string_view what) {
    std::string text;
    if (append_json(text, value)) return text;
    auto found = unsendable(value, false);
    if (!found) found = unsendable(value, true);
    refuse(what, found.value_or(": the text is not UTF-8"));
}

void append_quoted(std::string& target, std::string_view text) {
    constexpr char hex[] = "0123456789abcdef";
    target += '"';
    if (is_plain(text)) {
        target.append(text).append(1, '"');
        return;
    }
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            target += '\\';
            target += c;
        } else if (byte < 0x20) {
            target += "\\u00";
            target += hex[byte >> 4];
            target += hex[byte & 0xf];
        } else {
            target += c;
        }
    }
    target += '"';
}

}  // namespace zenoo_rpc::detail
