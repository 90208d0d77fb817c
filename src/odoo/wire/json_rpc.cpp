// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/json_rpc.hpp"

#include "odoo/wire/json_text.hpp"
#include "odoo/wire/scalar_answer.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc::json_rpc {

namespace {

using nlohmann::json;

bool is_utf8(std::string const& text) {
    try {
        static_cast<void>(json(text).dump());
        return true;
    } catch (json::type_error const&) {
        return false;
    }
}

/// Where in `value` something cannot be sent, and why; nullopt if all can.
std::optional<std::string> unsendable(json const& value, bool look_into_text) {
    if (value.is_binary() || value.is_discarded()) return ": bytes are sent as base64 text";
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
            if (look_into_text && !is_utf8(key)) return ": the name of a field is not UTF-8";
            if (auto const found = unsendable(member, look_into_text)) return '.' + key + *found;
        }
    }
    return std::nullopt;
}

[[noreturn]] void refuse(std::string_view what, std::string const& where_and_why) {
    throw std::invalid_argument{std::string{what} + where_and_why};
}

/// Answers nest a few levels; what nests deeper is made to exhaust the stack of whoever walks through it.
bool nests_too_deep(std::string_view text) noexcept {
    constexpr int deepest = 500;
    int depth = 0;
    bool in_string = false;
    for (std::size_t place = 0; place < text.size(); ++place) {
        char const c = text[place];
        if (in_string) {
            if (c == '\\') ++place;
            if (c == '"') in_string = false;
            continue;
        }
        if (c == '"') in_string = true;
        if (c == ']' || c == '}') --depth;
        if ((c == '[' || c == '{') && ++depth > deepest) return true;
    }
    return false;
}

std::string text_in(json const& object, char const* key) {
    auto const found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

Fault fault_of(json const& error) {
    auto const data = error.find("data");
    auto said = data == error.end() ? Fault{} : fault_in(*data);
    if (auto const code = error.find("code"); code != error.end() && code->is_number_integer()) {
        said.code = code->get<int>();
    }
    if (said.message.empty()) said.message = text_in(error, "message");
    return said;
}

/// Odoo gave up before it read the id: the body did not arrive, nobody is logged in, or there is nothing at that path.
bool before_the_id(Fault const& error, json const& id) { return id.is_null() && !error.name.empty(); }

}  // namespace

std::string text_of(json const& value, std::string_view what) {
    std::string text;
    if (detail::append_json(text, value)) return text;
    auto found = unsendable(value, false);
    if (!found) found = unsendable(value, true);
    refuse(what, found.value_or(": the text is not UTF-8"));
}

void append_quoted(std::string& target, std::string_view text) {
    constexpr char hex[] = "0123456789abcdef";
    target += '"';
    if (detail::is_plain(text)) {
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

std::string controller_request(std::int64_t id) {
    return R"({"jsonrpc":"2.0","method":"call","id":)" + std::to_string(id) + R"(,"params":{}})";
}

std::variant<json, Unreadable> parse(std::string_view body) {
    if (nests_too_deep(body)) return Unreadable{"the answer nests too deep"};
    auto value = json::parse(body, nullptr, /*allow_exceptions=*/false);
    if (value.is_discarded()) return Unreadable{"the answer is not JSON"};
    return std::variant<json, Unreadable>{std::in_place_index<0>, std::move(value)};
}

Fault fault_in(json const& exception) {
    Fault said;
    if (!exception.is_object()) return said;
    said.name = text_in(exception, "name");
    said.message = text_in(exception, "message");
    said.traceback = text_in(exception, "debug");
    if (auto const arguments = exception.find("arguments"); arguments != exception.end()) said.arguments = *arguments;
    return said;
}

Answer answer(std::string_view body, std::int64_t expected_id) {
    if (auto result = detail::scalar_answer(body, expected_id)) return std::move(*result);
    auto parsed = parse(body);
    if (auto* unreadable = std::get_if<Unreadable>(&parsed)) return std::move(*unreadable);
    auto& envelope = std::get<json>(parsed);
    if (!envelope.is_object()) return Unreadable{"the answer is not a JSON-RPC object"};

    auto const result = envelope.find("result");
    auto const error = envelope.find("error");
    bool const failed = error != envelope.end();
    if (failed && result != envelope.end()) return Unreadable{"the answer has a result and an error"};
    if (failed && !error->is_object()) return Unreadable{"the error in the answer is not an object"};

    auto said = failed ? fault_of(*error) : Fault{};
    auto const id = envelope.value("id", json{});
    if (id != expected_id && !before_the_id(said, id)) return Unreadable{"the answer belongs to another request"};
    if (failed) return said;
    return result == envelope.end() ? json{} : std::move(*result);
}

}  // namespace zenoo_rpc::json_rpc
