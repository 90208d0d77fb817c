// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ODOO_ANY_ANSWER_HPP
#define ZENOO_RPC_TESTS_ODOO_ANY_ANSWER_HPP

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <ostream>
#include <rapidcheck.h>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

// Answers that records could be in, as a property needs them: mostly sensible.

namespace zenoo_rpc::tests {

namespace gen = rc::gen;
using nlohmann::json;

/// Characters of all lengths that UTF-8 has, and those that JSON escapes.
inline rc::Gen<std::string> any_text() {
    std::vector<std::string> const characters{"a",    "B",      " ",      "\"",        "\\", "\n", std::string(1, '\0'),
                                              "\x7f", "\u00e9", "\u20ac", "\U0001F600"};
    return gen::map(gen::container<std::vector<std::string>>(gen::elementOf(characters)), [](auto const& chosen) {
        std::string text;
        for (auto const& character : chosen) text += character;
        return text;
    });
}

inline rc::Gen<std::int64_t> any_integer() {
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    return gen::weightedOneOf<std::int64_t>(
        {{3, gen::inRange<std::int64_t>(-9, 100)},
         {1, gen::elementOf(std::vector<std::int64_t>{least, most, 2147483647, 2147483648, -2147483648, -2147483649})},
         {1, gen::resize(rc::kNominalSize, gen::arbitrary<std::int64_t>())}});
}

inline rc::Gen<double> any_double() {
    return gen::map(gen::pair(any_integer(), gen::inRange(-340, 290)), [](std::pair<std::int64_t, int> const& parts) {
        return std::strtod((std::to_string(parts.first) + 'e' + std::to_string(parts.second)).c_str(), nullptr);
    });
}

template <class T>
rc::Gen<json> as_json(rc::Gen<T> values) {
    return gen::map(std::move(values), [](T const& value) { return json(value); });
}

inline rc::Gen<json> any_value() {
    auto const scalar = gen::oneOf(as_json(any_integer()), as_json(any_double()), as_json(any_text()),
                                   gen::element(json(), json(true), json(false), json(std::uint64_t{1} << 63)));
    return gen::weightedOneOf<json>(
        {{4, scalar},
         {1, as_json(gen::container<std::vector<json>>(scalar))},
         {1, gen::map(gen::pair(as_json(any_integer()), as_json(any_text())),
                      [](auto const& pair) { return json::array({pair.first, pair.second}); })},
         {1, gen::just(json::object({{"id", 1}}))}});
}

/// What mostly fits, so that whole answers do.
inline rc::Gen<json> any_record() {
    auto const mostly = [](rc::Gen<json> fitting) {
        return gen::weightedOneOf<json>({{200, std::move(fitting)}, {1, any_value()}});
    };
    auto const perhaps = [](rc::Gen<json> fitting) {
        return gen::oneOf(std::move(fitting), gen::element(json(), json(false)));
    };
    auto const small = [] { return as_json(gen::inRange<std::int64_t>(-9, 100)); };
    auto const record = [&] {
        return gen::map(gen::pair(small(), as_json(any_text())),
                        [](auto const& pair) { return json::array({pair.first, pair.second}); });
    };
    auto const ids = as_json(gen::container<std::vector<json>>(small()));
    auto const values = gen::tuple(mostly(small()), mostly(as_json(gen::arbitrary<bool>())),
                                   mostly(perhaps(as_json(gen::arbitrary<bool>()))), mostly(small()),
                                   mostly(perhaps(as_json(any_integer()))), mostly(as_json(any_double())),
                                   mostly(perhaps(as_json(any_text()))), mostly(perhaps(as_json(any_text()))),
                                   mostly(record()), mostly(perhaps(record())), mostly(perhaps(ids)), any_value());
    return gen::map(values, [](auto const& all) {
        json made;
        char const* const names[]{"id",   "active", "checked",    "color",     "user_id",     "credit",
                                  "name", "email",  "company_id", "parent_id", "category_id", "nobody_asked"};
        std::apply(
            [&](auto const&... each) {
                std::size_t index = 0;
                ((made[names[index++]] = each), ...);
            },
            all);
        return made;
    });
}

/// As Python writes it: blanks, and nothing but ASCII. Of an object first the members that are named, in that order.
inline std::string by_python(json const& value, std::vector<std::string> const& first) {
    if (!value.is_structured()) return value.dump(-1, ' ', true);
    std::string text;
    auto const add = [&](std::string const& each) { text += (text.empty() ? "" : ", ") + each; };
    auto const add_member = [&](std::string const& name) {
        add(json(name).dump() + ": " + by_python(value[name], {}));
    };
    if (value.is_array()) {
        for (auto const& each : value) add(by_python(each, first));
        return '[' + text + ']';
    }
    for (auto const& name : first) {
        if (value.contains(name)) add_member(name);
    }
    for (auto const& member : value.items()) {
        if (std::ranges::find(first, member.key()) == first.end()) add_member(member.key());
    }
    return '{' + text + '}';
}

/// Records as JSON, and what becomes of the bytes where some are changed.
struct AnyAnswer {
    json records;
    bool is_ascii = false;
    std::vector<std::pair<unsigned, char>> changes;  ///< where, to what

    std::string text() const { return records.dump(-1, ' ', is_ascii); }
    std::string changed_text() const { return changed(text()); }
    std::string changed(std::string changed) const {
        for (auto const& [where, to] : changes) changed[where % changed.size()] = to;
        return changed;
    }
};

inline std::ostream& operator<<(std::ostream& stream, AnyAnswer const& answer) {
    return stream << answer.text() << "\nor "
                  << json(answer.changed_text()).dump(-1, ' ', true, json::error_handler_t::replace);
}

}  // namespace zenoo_rpc::tests

template <>
struct rc::Arbitrary<zenoo_rpc::tests::AnyAnswer> {
    static Gen<zenoo_rpc::tests::AnyAnswer> arbitrary() {
        using namespace zenoo_rpc::tests;
        auto const change =
            gen::pair(gen::arbitrary<unsigned>(),
                      gen::oneOf(gen::element('"', '\\', '{', '}', '[', ']', ',', ':', '0', 'e', '-', ' '),
                                 gen::arbitrary<char>()));
        return gen::build<AnyAnswer>(
            gen::set(&AnyAnswer::records, as_json(gen::resize(5, gen::container<std::vector<json>>(
                                                                     gen::resize(rc::kNominalSize, any_record()))))),
            gen::set(&AnyAnswer::is_ascii),
            gen::set(&AnyAnswer::changes, gen::resize(3, gen::container<decltype(AnyAnswer::changes)>(change))));
    }
};

#endif  // ZENOO_RPC_TESTS_ODOO_ANY_ANSWER_HPP
