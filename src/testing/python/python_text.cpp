// SPDX-License-Identifier: BSL-1.0
#include "testing/python/python_text.hpp"

#include <charconv>
#include <cmath>
#include <limits>

namespace zenoo_rpc::testing::python {

namespace {

using nlohmann::json;

std::string quoted(std::string const& text) {
    char const quote = text.find('\'') != std::string::npos && text.find('"') == std::string::npos ? '"' : '\'';
    std::string out(1, quote);
    for (char const c : text) {
        if (c == '\\' || c == quote) out += '\\';
        switch (c) {
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default: out += c;
        }
    }
    return out + quote;
}

std::string joined(json const& list) {
    std::string out;
    for (auto const& item : list) out += (out.empty() ? "" : ", ") + repr(item);
    return out;
}

/// Removes the single underscores that Python allows between digits. Returns nullopt for any other underscore.
std::optional<std::string> without_underscores(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '_') {
            out += text[i];
            continue;
        }
        auto const digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
        if (i == 0 || !digit(i - 1) || !digit(i + 1)) return std::nullopt;
    }
    return out;
}

}  // namespace

std::string repr(json const& value) {
    switch (value.type()) {
        case json::value_t::null: return "None";
        case json::value_t::boolean: return value.get<bool>() ? "True" : "False";
        case json::value_t::string: return quoted(value.get_ref<std::string const&>());
        case json::value_t::array: return "[" + joined(value) + "]";
        case json::value_t::object: {
            std::string out;
            for (auto const& [key, item] : value.items()) {
                out += (out.empty() ? "" : ", ") + quoted(key) + ": " + repr(item);
            }
            return "{" + out + "}";
        }
        default: return value.dump();
    }
}

std::string repr_tuple(json const& list) { return "(" + joined(list) + (list.size() == 1 ? ",)" : ")"); }

std::string str(json const& value) { return value.is_string() ? value.get<std::string>() : repr(value); }

bool truth(json const& value) {
    if (value.is_boolean()) return value.get<bool>();
    if (value.is_number_float()) return value.get<double>() != 0.0;
    if (value.is_number()) return value != 0;
    if (value.is_string()) return !value.get_ref<std::string const&>().empty();
    return !value.empty();
}

std::string_view type_name(json const& value) {
    switch (value.type()) {
        case json::value_t::null: return "NoneType";
        case json::value_t::boolean: return "bool";
        case json::value_t::string: return "str";
        case json::value_t::array: return "list";
        case json::value_t::object: return "dict";
        case json::value_t::number_float: return "float";
        default: return "int";
    }
}

std::string_view strip(std::string_view text) {
    constexpr std::string_view blanks = " \t\n\r\f\v";
    auto const begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::string lower(std::string_view text) {
    std::string out{text};
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::optional<std::int64_t> parse_int(std::string_view text) {
    auto const digits = without_underscores(strip(text));
    if (!digits) return std::nullopt;
    std::string_view remaining = *digits;
    bool const negative = remaining.starts_with('-');
    if (negative || remaining.starts_with('+')) remaining.remove_prefix(1);
    if (remaining.empty() || remaining.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    std::int64_t value = 0;
    auto const parsed = std::from_chars(remaining.data(), remaining.data() + remaining.size(), value);
    if (parsed.ec == std::errc::result_out_of_range) value = std::numeric_limits<std::int64_t>::max();
    return negative ? -value : value;
}

std::optional<double> parse_float(std::string_view text) {
    auto const digits = without_underscores(strip(text));
    if (!digits) return std::nullopt;
    std::string_view remaining = *digits;
    if (remaining.starts_with('+')) remaining.remove_prefix(1);
    if (remaining.empty() || remaining.find_first_not_of("0123456789+-.eE") != std::string_view::npos)
        return std::nullopt;
    double value = 0.0;
    auto const parsed = std::from_chars(remaining.data(), remaining.data() + remaining.size(), value);
    if (parsed.ec == std::errc::result_out_of_range || parsed.ptr != remaining.data() + remaining.size())
        return std::nullopt;
    if (parsed.ec != std::errc{} || !std::isfinite(value)) return std::nullopt;
    return value;
}

}  // namespace zenoo_rpc::testing::python
