// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ODOO_PARTNER_QUERIES_HPP
#define ZENOO_RPC_TESTS_ODOO_PARTNER_QUERIES_HPP

#include "session.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/core/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/odoo/query.hpp>

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

// Queries for partners, and what a server says to them.

namespace zenoo_rpc::tests {

using nlohmann::json;

struct Country;

struct Partner {
    static constexpr std::string_view odoo_model = "res.partner";
    RecordId id = 0;
    std::string name = {};
    Ref<Country> country = {};

    bool operator==(Partner const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Partner, (), (id, name, country))

struct Country {
    static constexpr std::string_view odoo_model = "res.country";
    std::string code = {};
};
BOOST_DESCRIBE_STRUCT(Country, (), (code))

inline json ada() { return {{"id", 7}, {"name", "Ada"}, {"country_id", json::array({75, "France"})}}; }
inline json eve() { return {{"id", 8}, {"name", "Eve"}, {"country_id", false}}; }
inline json named(RecordId id, char const* name) { return {{"id", id}, {"name", name}}; }
inline Partner ada_as_struct() { return {.id = 7, .name = "Ada", .country = {{75, "France"}}}; }

template <class... Each>
inline Fate list(Each... each) {
    auto all = json::array();
    (all.push_back(each), ...);
    return fate::result(all);
}

inline Fate fields_of_the_server() {
    return fate::result({{"id", {{"type", "integer"}}},
                         {"name", {{"type", "char"}}},
                         {"email", {{"type", "char"}}},
                         {"phone", {{"type", "char"}}},
                         {"country_id", {{"type", "many2one"}}}});
}

inline auto partners(Session const& session) { return session.client.model<Partner>(); }

/// The method, its arguments and its keyword arguments.
struct SentCall {
    std::string method;
    json args;
    json kwargs;
};
inline SentCall call(Session const& session, std::size_t index) {
    auto const all = session.server->args(index);
    return {all[4], all[5], all[6]};
}

inline json terms(char const* text) { return json::parse(text); }

template <class T>
T value_of(Outcome<T> outcome) {
    INFO(outcome.failure.what());
    REQUIRE(outcome.value.has_value());
    return std::move(*outcome.value);
}

inline std::string refusal(Failure const& failure) {
    CHECK(failure.is<std::invalid_argument>());
    return std::string{failure.what()};
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ODOO_PARTNER_QUERIES_HPP
