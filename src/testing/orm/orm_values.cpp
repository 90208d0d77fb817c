// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/orm_values.hpp"

#include "testing/python/python_errors.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

json to_integer(json const& value) {
    if (!python::truth(value)) return 0;
    if (value.is_boolean()) return 1;
    if (value.is_number_float()) return static_cast<std::int64_t>(std::clamp(value.get<double>(), -1e18, 1e18));
    if (value.is_number()) return value;
    if (!value.is_string()) throw python::no_integer(value);
    auto const parsed = python::parse_int(value.get_ref<std::string const&>());
    if (!parsed) throw python::value_error("invalid literal for int() with base 10: " + python::repr(value));
    return *parsed;
}

json to_float(OdooField const& field, json const& value) {
    double number = 0.0;
    if (value.is_number()) {
        number = value.get<double>();
    } else if (value.is_string() && python::truth(value)) {
        auto const parsed = python::parse_float(value.get_ref<std::string const&>());
        if (!parsed) throw python::value_error("could not convert string to float: " + python::repr(value));
        number = *parsed;
    } else if (python::truth(value)) {
        number = 1.0;
    }
    if (field.digits >= 0) {
        double const scale = std::pow(10.0, field.digits);
        // The double nearest to 1234.565 is below it; users expect 1234.57, and Odoo rounds to it.
        number = std::round(number * scale * (1.0 + std::numeric_limits<double>::epsilon())) / scale;
    }
    return number;
}

json to_selection(OdooModel const& model, OdooField const& field, json const& value) {
    for (auto const& [key, label] : field.selection) {
        if (value == key) return value;
    }
    if (!python::truth(value)) return nullptr;
    throw python::value_error("Wrong value for " + model.name + "." + field.name + ": " + python::repr(value));
}

json to_time(OdooField const& field, json const& value) {
    if (!python::truth(value)) return nullptr;
    std::string const text = python::str(value);
    auto const time = field.kind == FieldKind::date ? normalized_date(text) : normalized_datetime(text);
    if (time) return *time;
    throw python::value_error("time data " + python::repr(text) + " does not match format '%Y-%m-%d"
                              + (field.kind == FieldKind::date ? "'" : " %H:%M:%S'"));
}

json to_binary(json const& value) {
    if (!python::truth(value)) return nullptr;
    std::string const text = python::str(value);
    auto const digits = text.find_last_not_of("=\r\n") + 1;
    bool const legal = text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n")
                       == std::string::npos;
    auto const breaks = std::ranges::count_if(text, [](char c) { return c == '\r' || c == '\n'; });
    bool const padded = (text.size() - static_cast<std::size_t>(breaks)) % 4 == 0 && text.size() - digits <= 4;
    if (!legal || !padded) throw OdooException{"binascii.Error", "Incorrect padding"};
    return text;
}

struct Reader {
    std::string_view text;

    std::optional<int> digits(std::size_t most) {
        std::size_t count = 0;
        int value = 0;
        while (count < most && count < text.size() && text[count] >= '0' && text[count] <= '9') {
            value = value * 10 + (text[count++] - '0');
        }
        if (count == 0) return std::nullopt;
        text.remove_prefix(count);
        return value;
    }
    bool skip(char c) {
        if (!text.starts_with(c)) return false;
        text.remove_prefix(1);
        return true;
    }
};

std::optional<std::string> read_date(Reader& reader) {
    if (reader.text.size() < 5 || reader.text.find_first_not_of("0123456789") != 4) return std::nullopt;
    auto const year = reader.digits(4);
    if (!year || !reader.skip('-')) return std::nullopt;
    auto const month = reader.digits(2);
    if (!month || !reader.skip('-')) return std::nullopt;
    auto const day = reader.digits(2);
    if (!day || *year < 1) return std::nullopt;
    std::chrono::year_month_day const date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    char out[32];
    std::snprintf(out, sizeof out, "%04d-%02d-%02d", *year, *month, *day);
    return out;
}

}  // namespace

std::optional<std::string> normalized_date(std::string_view text) {
    Reader reader{text.substr(0, 10)};
    auto date = read_date(reader);
    if (!reader.text.empty()) return std::nullopt;
    return date;
}

std::optional<std::string> normalized_datetime(std::string_view text) {
    Reader reader{text};
    auto const date = read_date(reader);
    if (!date) return std::nullopt;
    int clock[3] = {0, 0, 0};
    if (!reader.text.empty()) {
        if (!reader.skip(' ')) return std::nullopt;
        for (int i = 0; i < 3 && (i == 0 || !reader.text.empty()); ++i) {
            if (i > 0 && !reader.skip(':')) return std::nullopt;
            auto const part = reader.digits(2);
            if (!part || *part > (i == 0 ? 23 : 59)) return std::nullopt;
            clock[i] = *part;
        }
        if (!reader.text.empty()) return std::nullopt;
    }
    char out[32];
    std::snprintf(out, sizeof out, " %02d:%02d:%02d", clock[0], clock[1], clock[2]);
    return *date + out;
}

json to_cell(OdooModel const& model, OdooField const& field, json const& value) {
    switch (field.kind) {
        case FieldKind::boolean: return python::truth(value);
        case FieldKind::integer: return to_integer(value);
        case FieldKind::floating:
        case FieldKind::monetary: return to_float(field, value);
        case FieldKind::character:
        case FieldKind::text:
        case FieldKind::html:
            if (value.is_null() || value == false) return nullptr;
            return python::str(value);
        case FieldKind::date:
        case FieldKind::datetime: return to_time(field, value);
        case FieldKind::selection: return to_selection(model, field, value);
        case FieldKind::many2one:
            // Any value that is not an id becomes empty without an error, as in Odoo.
            if (value.is_number_integer() && value != 0) return value;
            return nullptr;
        case FieldKind::binary: return to_binary(value);
        case FieldKind::one2many:
        case FieldKind::many2many: break;
    }
    return value;
}

std::vector<OdooId> ids_from(json const& value) {
    if (!python::truth(value)) return {};
    if (value.is_number_integer()) return {value.get<OdooId>()};
    std::vector<OdooId> ids;
    for (auto const& id : value) {
        if (!id.is_number_integer()) {
            throw OdooException{"psycopg2.errors.InvalidTextRepresentation",
                                "invalid input syntax for type integer: \"" + python::str(id) + "\"\n"};
        }
        if (std::ranges::find(ids, id.get<OdooId>()) == ids.end()) ids.push_back(id.get<OdooId>());
    }
    return ids;
}

}  // namespace zenoo_rpc::testing
