// SPDX-License-Identifier: BSL-1.0
#include "once/random_records.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <set>
#include <string_view>

namespace zenoo_rpc::tests {

using nlohmann::json;

namespace {

constexpr std::string_view deadly_text = "not here";
constexpr int deadly_number = 666;

std::string text_of_any_kind(Rng& rng) {
    constexpr std::array<std::string_view, 18> pieces{"a",          "Z",          " ",   ",",  "\"", "'",
                                                      "\n",         "\t",         "%s",  ";",  "0",  "False",
                                                      "Ren\u00e9e", "\U0001F600", "<b>", "\\", "/",  "\u4e16\u754c"};
    std::string text;
    for (auto left = rng.between(1, 12); left > 0; --left) text += rng.of(pieces);
    return text;
}

std::string day(Rng& rng) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", static_cast<int>(rng.between(1000, 9999)),
                  static_cast<int>(rng.between(1, 12)), static_cast<int>(rng.between(1, 28)));
    return text.data();
}

std::string time_of_day(Rng& rng) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d:%02d", static_cast<int>(rng.between(0, 23)),
                  static_cast<int>(rng.between(0, 59)), static_cast<int>(rng.between(0, 59)));
    return text.data();
}

std::string base64(Rng& rng) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (auto left = 4 * rng.between(1, 10); left > 0; --left) text += letters[rng.below(letters.size())];
    return text;
}

double finite(Rng& rng) {
    while (true) {
        auto const number = std::bit_cast<double>(rng.any());
        if (std::isfinite(number) && number != 0) return number;
    }
}

/// Value as a user writes it, and as it is stored.
struct Written {
    json value;
    json stored;
};

Written number(Rng& rng) {
    auto const n = rng.one_in(8) ? rng.of(std::array<std::int64_t, 3>{-2147483648LL, 2147483647, 0})
                                 : rng.between(-100'000, 100'000);
    if (n == deadly_number) return {n + 1, n + 1};
    switch (rng.below(3)) {
        case 0: return {std::to_string(n), n};
        case 1: return {static_cast<double>(n), n};
        default: return {n, n};
    }
}

Written truth(Rng& rng) {
    bool const yes = rng.one_in(2);
    switch (rng.below(3)) {
        case 0: return {yes ? "True" : "false", yes};
        case 1: return {yes ? 1 : 0, yes};
        default: return {yes, yes};
    }
}

/// Writes values of one record, field by field.
class RecordWriter {
public:
    RecordWriter(Rng& rng, testing::OdooStore const& store) : rng_{rng}, store_{store} {}

    void write_good(json& values, testing::OdooRecord& stored) {
        std::string const name = text_of_any_kind(rng_);
        values["x_name"] = name;
        stored["x_name"] = name;
        // Few sets of fields, so that a batch does not need one call per record.
        switch (rng_.below(4)) {
            case 0: break;
            case 1: write(values, stored, {"x_integer", "x_boolean"}); break;
            case 2: write(values, stored, {"x_many2one", "x_many2many", "x_date", "x_datetime"}); break;
            default:
                write(values, stored,
                      {"x_char", "x_boolean", "x_integer", "x_float", "x_monetary", "x_date", "x_datetime",
                       "x_selection", "x_many2one", "x_many2many", "x_binary"});
        }
    }

private:
    void write(json& values, testing::OdooRecord& stored, std::initializer_list<std::string_view> fields) {
        for (auto const field : fields) {
            auto const written = rng_.one_in(10) ? nothing(field) : something(field);
            values[std::string{field}] = written.value;
            stored[std::string{field}] = written.stored;
        }
    }

    Written nothing(std::string_view field) {
        if (field == "x_boolean") return {false, false};
        if (field == "x_many2many") return {json::array(), json::array()};
        bool const is_number = field == "x_integer" || field == "x_float" || field == "x_monetary";
        return {rng_.one_in(2) ? json(false) : json(), is_number ? json(0) : json()};
    }

    Written something(std::string_view field) {
        if (field == "x_boolean") return truth(rng_);
        if (field == "x_integer") return number(rng_);
        if (field == "x_float") return same(finite(rng_));
        if (field == "x_monetary") return same(static_cast<double>(rng_.between(-1'000'000, 1'000'000)) / 4);
        if (field == "x_date") return same(day(rng_));
        if (field == "x_datetime") return same(day(rng_) + ' ' + time_of_day(rng_));
        if (field == "x_selection") return same(rng_.one_in(2) ? "a" : "b");
        if (field == "x_binary") return same(base64(rng_));
        if (field == "x_many2one") return country();
        if (field == "x_many2many") return countries();
        return same(text_of_any_kind(rng_));
    }

    static Written same(json value) { return {value, value}; }

    Written country() {
        auto const name = one_name();
        auto const id = store_.resolve(name).value().id;
        return {rng_.one_in(2) ? json(name) : json(id), id};
    }

    Written countries() {
        bool const by_id = rng_.one_in(2);
        std::set<std::string> names;
        for (auto left = rng_.between(1, 3); left > 0; --left) names.insert(one_name());
        auto members = json::array();
        auto ids = json::array();
        for (auto const& name : names) {
            ids.push_back(store_.resolve(name).value().id);
            members.push_back(by_id ? ids.back() : json(name));
        }
        if (!by_id || rng_.one_in(2)) return {members, ids};
        auto command = json::array({6, 0});
        command.push_back(members);
        auto commands = json::array();
        commands.push_back(command);
        return {commands, ids};
    }

    std::string one_name() {
        constexpr std::array<std::string_view, 6> names{"base.be", "base.fr", "base.de",
                                                        "base.us", "base.uk", "base.it"};
        return std::string{rng_.of(names)};
    }

    Rng& rng_;
    testing::OdooStore const& store_;
};

/// Value that makes a record bad, and part of the reason.
struct Spoiler {
    char const* field;
    json value;
    char const* reason;
};

std::vector<Spoiler> const& spoilers() {
    static std::vector<Spoiler> const all{
        // Rejected by the library.
        {"x_integer", "1e3", "field x_integer: expected an integer"},
        {"x_integer", 2147483648LL, "field x_integer: expected an integer"},
        {"x_float", "nan", "field x_float: expected a finite number"},
        {"x_monetary", "1,5", "field x_monetary: expected a finite number"},
        {"x_boolean", "yes", "field x_boolean: expected true or false"},
        {"x_date", "2026-02-29", "field x_date: expected a date from"},
        {"x_datetime", "2026-11-23T12:00:00Z", "field x_datetime: expected a date and time in UTC"},
        {"x_selection", "Done", "field x_selection: Odoo's import would read the key Done as the choice b"},
        {"x_selection", "zzz", "field x_selection: expected one of "},
        {"x_many2one", "Belgium", "field x_many2one: expected a record id"},
        {"x_many2many", json::parse("[[4, 7]]"), "field x_many2many: the only command that can be imported"},
        {"x_children", json::array(), "field x_children: Odoo's import cannot write"},
        {"x_char", std::string("a\0b", 3), "field x_char: the text contains a NUL byte"},
        {"x_nowhere", "x", "field x_nowhere: the model has no such field"},
        // Rejected by Odoo, which names the field.
        {"x_many2one", "base.nowhere", "field x_many2one: "},
        {"x_many2one", 999'999, "field x_many2one: "},
        {"x_many2many", json::array({999'999}), "field x_many2many: "},
        // Rejected by Odoo, which names the record, or the first one of the call.
        {"x_integer", deadly_number, "the number of the beast"},
        {"x_char", deadly_text, "this text is forbidden"},
    };
    return all;
}

}  // namespace

testing::OdooModel proof_model() {
    auto model = every_kind();
    model.checks = {{.holds = [](auto const& row) { return testing::value_of(row, "x_integer") != deadly_number; },
                     .message = "the number of the beast\n"}};
    model.constraints = {
        {.holds = [](auto const&, auto const& row) { return testing::value_of(row, "x_char") != deadly_text; },
         .message = "this text is forbidden"}};
    return model;
}

std::vector<PlannedRecord> planned_records(Rng& rng, std::size_t count, std::uint64_t bad_one_in,
                                           testing::OdooStore const& store) {
    std::vector<PlannedRecord> records;
    RecordWriter writer{rng, store};
    for (std::size_t i = 0; i < count; ++i) {
        auto values = json::object();
        PlannedRecord planned{ImportRecord{ExternalId{"proof", "r" + std::to_string(i)}, Values{}}, {}};
        writer.write_good(values, planned.stored);
        if (rng.one_in(bad_one_in)) {
            auto const& spoiler = rng.of(spoilers());
            values[spoiler.field] = spoiler.value;
            planned.refusal = spoiler.reason;
        }
        planned.record.values = Values{std::move(values)};
        records.push_back(std::move(planned));
    }
    return records;
}

}  // namespace zenoo_rpc::tests
