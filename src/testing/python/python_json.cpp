// SPDX-License-Identifier: BSL-1.0
#include "testing/python/python_json.hpp"

#include <array>

namespace zenoo_rpc::testing::python {

namespace {

using nlohmann::json;

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Returns the length of the well-formed UTF-8 sequence at the beginning, 0 if there is none.
std::size_t sequence_length(std::string_view text) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    unsigned char const first = byte(0);
    if (first < 0x80) return 1;
    std::size_t const length = first >= 0xF0 && first < 0xF5   ? 4
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xC2 && first < 0xE0 ? 2
                                                               : 0;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    bool const overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
    bool const surrogate = first == 0xED && byte(1) > 0x9F;
    bool const too_large = first == 0xF4 && byte(1) > 0x8F;
    return overlong || surrogate || too_large ? 0 : length;
}

std::string readable(std::string_view text) {
    constexpr std::array<std::string_view, 3> numbers{"-Infinity", "Infinity", "NaN"};
    std::string out;
    out.reserve(text.size());
    bool in_string = false;
    while (!text.empty()) {
        if (!in_string) {
            for (std::string_view const number : numbers) {
                if (!text.starts_with(number)) continue;
                out += "null";
                text.remove_prefix(number.size());
            }
            if (text.empty()) break;
        }
        if (text.front() == '"') in_string = !in_string;
        if (in_string && text.front() == '\\' && text.size() > 1) {
            out += text.substr(0, 1);
            text.remove_prefix(1);
        }
        std::size_t const length = sequence_length(text);
        out += length == 0 ? replacement : text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out;
}

}  // namespace

std::optional<json> loads(std::string_view text) {
    json value = json::parse(readable(text), nullptr, false);
    if (value.is_discarded()) return std::nullopt;
    return value;
}

std::string dumps(json const& value) { return value.dump(-1, ' ', true, json::error_handler_t::replace); }

}  // namespace zenoo_rpc::testing::python
