// SPDX-License-Identifier: BSL-1.0
// Queries, through every endpoint.
#include "integration/server_under_test.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/models.hpp>

#include <stdexcept>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;

namespace {

/// Follows references from a user to the currency, through each shipped model that every Odoo has.
asio::awaitable<void> follow_references(ZenooClient& client, std::string login) {
    auto const user = co_await client.model<ResUsers>().filter(field(&ResUsers::login) == login).first();
    REQUIRE(user);
    ResPartner const partner = co_await user->partner.fetch(client);
    CHECK(partner.id == user->partner.id);
    ResCompany const company = co_await user->company.fetch(client);
    ResCurrency const currency = co_await company.currency.fetch(client);
    CHECK(currency.name.size() == 3);
    auto const belgium = co_await client.model<ResCountry>().filter(field("code") == "BE").first();
    REQUIRE(belgium);
    CHECK(belgium->code == "BE");
}

asio::awaitable<void> work_on_partners(ZenooClient& client, std::string name, bool has_any) {
    auto const ours = client.model<ResPartner>().filter(field("ref") == name);
    auto const belgium = co_await client.model<ResCountry>().filter(field("code") == "BE").first();
    RecordId const parent = co_await ours.create(values("name", name, "ref", name, "is_company", true));
    for (char const* letter : {"a", "b", "c"}) {
        auto const child = values("name", name + letter, "ref", name, "parent_id", parent, "country_id", belgium->id);
        co_await ours.create(child);
    }
    auto const count = co_await ours.count();
    CHECK(count == 4);
    auto const part_of_them = co_await ours.offset(1).limit(2).count();
    CHECK(part_of_them == 2);
    auto const last = co_await ours.order_by("name desc").only("name", &ResPartner::country).first();
    REQUIRE(last);
    CHECK(last->name == name + "c");
    CHECK(last->country.id == belgium->id);
    CHECK_FALSE(last->parent);

    std::vector<Domain> conditions{
        field("parent_id") == parent,          field(&ResPartner::id).child_of(parent) && field("id") != parent,
        field("country_id.code") == "BE",      field(&ResPartner::country) == "Belgium",
        field("name").equals_like(name + "_"), !(field("is_company") == true),
        field("country_id") != std::nullopt,   field("name").not_ilike(name + "%") || field("id") > parent};
    if (has_any) conditions.push_back(field(&ResPartner::parent).any(field("id") == parent));
    for (auto const& condition : conditions) {
        INFO(condition.json());
        auto const found = co_await ours.filter(condition).search();
        CHECK(found.size() == 3);
    }
    std::size_t streamed = 0;
    auto stream = ours.stream(3);
    while (auto const page = co_await stream.next()) streamed += page->size();
    CHECK(streamed == 4);

    auto const moved = co_await ours.filter(field("parent_id") == parent).update(values("city", "Gent"));
    CHECK(moved == 3);
    auto const in_gent = co_await ours.filter(field("city") == "Gent").exists();
    CHECK(in_gent);
    auto const children = co_await ours.exclude(field("id") == parent).unlink();
    CHECK(children == 3);
    auto const all = co_await ours.unlink();
    CHECK(all == 1);
}

}  // namespace

TEST_CASE("the shipped models are read from a server by following their references") {
    ServersUnderTest const servers;
    for (auto const& server : servers.endpoints()) {
        INFO(server->name);
        server->run(follow_references(server->client, server->account.user));
    }
}

TEST_CASE("records are created, found by many conditions, changed and deleted through queries") {
    ServersUnderTest const servers;
    for (auto const& server : servers.endpoints()) {
        INFO(server->name);
        server->run(work_on_partners(server->client, new_name(), server->major_version() >= 17));
    }
}

TEST_CASE("a missing record is a MissingError, and a query with an unknown field is rejected") {
    ServersUnderTest const servers;
    for (auto const& server : servers.endpoints()) {
        INFO(server->name);
        auto const partners = server->client.model<ResPartner>();
        CHECK(server->failure_of(partners.get(2'000'000'000)).is<MissingError>());
        auto const mistaken = server->failure_of(partners.filter(field("emial") == "x").all());
        CHECK(mistaken.is<std::invalid_argument>());
        CHECK(std::string{mistaken.what()}.find("did you mean email") != std::string::npos);
    }
}
