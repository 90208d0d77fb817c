// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/json_rpc.hpp"

#include "odoo/support/text.hpp"
#include "odoo/wire/scalar_response.hpp"

#include <cstddef>
#include <utility>

namespace zenoo_rpc::json_rpc {

namespace {

using detail::text_in;
using nlohmann::json;

/// Returns true for text nested so deeply that a recursive walk could exhaust the stack. Genuine responses nest a few
/// levels.
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
    auto fault = data == error.end() ? Fault{} : fault_in(*data);
    if (auto const code = error.find("code"); code != error.end() && code->is_number_integer()) {
        fault.code = code->get<int>();
    }
    if (fault.message.empty()) fault.message = text_in(error, "message");
    return fault;
}

/// Returns true if Odoo failed before it read the id: the body did not arrive, the user is not logged in, or there is
/// no such path.
bool before_the_id(Fault const& error, json const& id) { return id.is_null() && !error.name.empty(); }

}  // namespace

std::variant<json, Unreadable> parse(std::string_view body) {
    if (nests_too_deep(body)) return Unreadable{"the response is nested too deeply"};
    auto value = json::parse(body, nullptr, /*allow_exceptions=*/false);
    if (value.is_discarded()) return Unreadable{"the response is not JSON"};
    return std::variant<json, Unreadable>{std::in_place_index<0>, std::move(value)};
}

Fault fault_in(json const& exception) {
    Fault fault;
    if (!exception.is_object()) return fault;
    fault.name = text_in(exception, "name");
    fault.message = text_in(exception, "message");
    fault.traceback = text_in(exception, "debug");
    if (auto const arguments = exception.find("arguments"); arguments != exception.end()) fault.arguments = *arguments;
    return fault;
}

Response parse_response(std::string_view body, std::int64_t expected_id) {
    if (auto result = detail::scalar_response(body, expected_id)) return std::move(*result);
    auto parsed = parse(body);
    if (auto* unreadable = std::get_if<Unreadable>(&parsed)) return std::move(*unreadable);
    auto& envelope = std::get<json>(parsed);
    if (!envelope.is_object()) return Unreadable{"the response is not a JSON-RPC object"};

    auto const result = envelope.find("result");
    auto const error = envelope.find("error");
    bool const failed = error != envelope.end();
    if (failed && result != envelope.end()) return Unreadable{"the response has both a result and an error"};
    if (failed && !error->is_object()) return Unreadable{"the error in the response is not an object"};

    auto fault = failed ? fault_of(*error) : Fault{};
    auto const id = envelope.value("id", json{});
    if (id != expected_id && !before_the_id(fault, id)) return Unreadable{"the response belongs to another request"};
    if (failed) return fault;
    return result == envelope.end() ? json{} : std::move(*result);
}

}  // namespace zenoo_rpc::json_rpc
