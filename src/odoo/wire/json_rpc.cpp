// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/json_rpc.hpp"

#include "odoo/support/text.hpp"
#include "odoo/wire/scalar_answer.hpp"

#include <cstddef>
#include <utility>

namespace zenoo_rpc::json_rpc {

namespace {

using detail::text_in;
using nlohmann::json;

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
