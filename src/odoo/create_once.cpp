// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/core/exceptions.hpp>
#include <zenoo_rpc/odoo/create_once.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>
#include <system_error>
#include <utility>

namespace zenoo_rpc {

namespace {

using nlohmann::json;

/// Why a value is not sent.
struct Refusal {
    std::string reason;
};

struct Column {
    std::string name;
    std::string cell;
};

[[noreturn]] void refuse(std::string reason) { throw Refusal{std::move(reason)}; }

bool empties(json const& value) { return value.is_null() || value == false || value == ""; }

/// True if all of the text is a number of that type, in decimal.
template <class Number>
bool parses(std::string_view text, Number& number) {
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

std::string text_cell(json const& value) {
    if (value.is_number_integer()) return value.dump();
    if (!value.is_string()) refuse(std::string{"needs text, not "} + value.type_name());
    auto const& text = value.get_ref<std::string const&>();
    if (text.find('\0') != std::string::npos) refuse("text may not contain NUL");
    try {
        static_cast<void>(value.dump());
    } catch (json::type_error const&) {
        refuse("the text is not UTF-8");
    }
    return text;
}

std::string integer_cell(json const& value) {
    using Limits = std::numeric_limits<std::int32_t>;
    constexpr auto range = "needs an integer between -2147483648 and 2147483647";
    double number = 0;
    if (value.is_string()) {
        std::int32_t parsed = 0;
        if (!parses(value.get_ref<std::string const&>(), parsed)) refuse(range);
        number = parsed;
    } else if (value.is_number()) {
        number = value.get<double>();
    } else {
        refuse(range);
    }
    bool const in_range = number >= Limits::min() && number <= Limits::max();
    if (!in_range || number != std::trunc(number)) refuse(range);
    return std::to_string(static_cast<std::int32_t>(number));
}

std::string float_cell(json const& value) {
    constexpr auto wish = "needs a finite number, with . as its decimal point";
    double number = 0;
    if (value.is_string()) {
        if (!parses(value.get_ref<std::string const&>(), number)) refuse(wish);
    } else if (value.is_number()) {
        number = value.get<double>();
    } else {
        refuse(wish);
    }
    if (!std::isfinite(number)) refuse(wish);
    std::array<char, 32> buffer;
    auto const written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);  // shortest, round trip
    return {buffer.data(), written.ptr};
}

std::string boolean_cell(json const& value) {
    static constexpr std::array<std::string_view, 3> truths{"1", "true", "True"};
    static constexpr std::array<std::string_view, 3> falsehoods{"0", "false", "False"};
    auto const text = value.is_string() ? value.get<std::string>() : value.dump();
    if (std::ranges::find(truths, text) != truths.end()) return "1";
    if (std::ranges::find(falsehoods, text) != falsehoods.end()) return "0";
    refuse("needs true or false");
}

/// A bare name is never sent: it would find the first of several namesakes, or none, in a language nobody knows.
Column reference_column(std::string const& field, json const& value) {
    if (empties(value)) return {field + "/.id", ""};
    if (value.is_number_integer()) {
        if (value.get<std::int64_t>() <= 0) refuse("the id of a record is positive");
        return {field + "/.id", value.dump()};
    }
    constexpr auto wish = "needs the id of a record, or an external id as module.name";
    if (!value.is_string()) refuse(wish);
    std::string_view const text = value.get_ref<std::string const&>();
    auto const dot = text.find('.');
    if (dot == std::string_view::npos) refuse(wish);
    auto const trouble = detail::trouble_with_external_id(text.substr(0, dot), text.substr(dot + 1));
    if (!trouble.empty()) refuse(wish + (": " + trouble));
    return {field + "/id", std::string{text}};
}

Column column(std::string const& field, std::string_view type, json const& value) {
    if (type == "many2one") return reference_column(field, value);
    if (type == "boolean") return {field, value.is_null() || value == "" ? "" : boolean_cell(value)};
    bool const is_text = type == "char" || type == "text" || type == "html";
    bool const is_real = type == "float" || type == "monetary";
    if (!is_text && !is_real && type != "integer") {
        refuse("create_once cannot write a field of type " + std::string{type});
    }
    if (empties(value)) return {field, ""};
    if (is_text) return {field, text_cell(value)};
    return {field, is_real ? float_cell(value) : integer_cell(value)};
}

Column column(std::string const& field, json const& value, FieldTypes const& types) {
    if (field == "id" || field.find_first_of("/:.") != std::string::npos) refuse("is not the name of a field");
    auto const type = types.find(field);
    if (type == types.end()) refuse("the model has no such field");
    return column(field, type->second, value);
}

}  // namespace

FieldTypes field_types(json const& fields_get) {
    FieldTypes types;
    for (auto const& [name, about] : fields_get.items()) {
        if (!about.is_object()) continue;
        if (auto const type = about.find("type"); type != about.end() && type->is_string()) {
            types.emplace(name, type->get<std::string>());
        }
    }
    return types;
}

LoadArguments load_arguments(ExternalId const& id, Values const& record, FieldTypes const& types) {
    auto header = json::array({"id"});
    auto cells = json::array({id.text()});
    for (auto const& [field, value] : record.json().items()) {
        try {
            auto [name, cell] = column(field, value, types);
            header.push_back(std::move(name));
            cells.push_back(std::move(cell));
        } catch (Refusal const& refusal) {
            ValidationError error{"record " + id.text() + ", field " + field + ": " + refusal.reason};
            error.delivery(Delivery::not_sent);
            throw error;
        }
    }
    // A first call creates; with `noupdate`, a later one finds the record and leaves it as it is by then.
    json const context{{"mode", "update"}, {"noupdate", true}};
    auto rows = json::array();
    rows.push_back(std::move(cells));
    LoadArguments call;
    call.args = json::array();
    call.args.push_back(std::move(header));
    call.args.push_back(std::move(rows));
    call.kwargs = json::object();
    call.kwargs["context"] = context;
    return call;
}

}  // namespace zenoo_rpc
