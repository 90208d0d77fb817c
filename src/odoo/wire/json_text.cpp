// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/json_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

constexpr auto is_plain_byte = [] {
    std::array<bool, 256> plain{};
    for (std::size_t c = ' '; c <= '~'; ++c) plain[c] = c != '"' && c != '\\';
    return plain;
}();

/// Throws `json::type_error` for what is not UTF-8.
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
        default: return false;  // bytes
    }
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

}  // namespace zenoo_rpc::detail
