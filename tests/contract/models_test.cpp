// SPDX-License-Identifier: BSL-1.0
// Models and queries as specified, against the simulator in virtual time.
#include "contract/seed_world.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;

namespace {

/// A custom model, in a few lines.
struct Category {
    static constexpr std::string_view odoo_model = "res.partner.category";
    RecordId id = 0;
    std::string name = {};
    Ref<Category> parent = {};
};
BOOST_DESCRIBE_STRUCT(Category, (), (id, name, parent))

}  // namespace

TEST_CASE("contract: records of a model are found by an expression and fetched by their id") {
    SeedWorld world;
    auto& client = world.client;
    world.run_as_admin([&]() -> asio::awaitable<void> {
        for (char const* name : {"Acme", "acorn", "Bolt"}) {
            co_await client.create("res.partner", values("name", name, "is_company", true));
        }
        auto partners =
            co_await client.model<ResPartner>().filter(field("is_company") == true && field("name").ilike("a%")).all();
        REQUIRE(partners.size() == 3);  // with My Company, whose name has an a in it
        CHECK(partners[0].name == "Acme");
        CHECK(partners[1].name == "acorn");

        auto one = co_await client.model<ResPartner>().get(partners[1].id);
        CHECK(one == partners[1]);
        bool is_missing = false;
        try {
            co_await client.model<ResPartner>().get(7'000'000);
        } catch (MissingError const&) {
            is_missing = true;
        }
        CHECK(is_missing);
    });
}

TEST_CASE("contract: a query that reads models can be retried like any operation") {
    SeedWorld world;
    auto& client = world.client;
    auto const on_network = retry_on_exceptions<NetworkError, TimeoutError>({.max_attempts = 3, .base_delay = 2s});
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({testing::Fault::refuse_connection(0s)});
        auto partners =
            co_await on_network([&] { return client.model<ResPartner>().filter(field("is_company") == true).all(); });
        CHECK(partners.size() == 1);

        world.fail({testing::Fault::refuse_connection(0s)});
        auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}};
        auto const found = co_await async_retry(policy, [&] { return client.results().model<ResPartner>().exists(); });
        CHECK(found.value());
    });
}

TEST_CASE("contract: records are created, counted, changed and deleted through a query") {
    SeedWorld world;
    auto& client = world.client;
    world.run_as_admin([&]() -> asio::awaitable<void> {
        auto const ours = client.model<ResPartner>().filter(field("ref") == "ours");
        for (int i = 0; i < 5; ++i) {
            co_await ours.create(values("name", "Partner " + std::to_string(i), "ref", "ours"));
        }
        co_await ours.create_once(ExternalId("shop", "customer_42"), values("name", "Ada", "ref", "ours"));
        co_await ours.create_once(ExternalId("shop", "customer_42"), values("name", "Ada", "ref", "ours"));
        auto const count = co_await ours.count();
        CHECK(count == 6);

        auto const changed = co_await ours.exclude(field("name") == "Ada").update(values("city", "Paris"));
        CHECK(changed == 5);
        auto const in_paris = ours.filter(field(&ResPartner::city) == "Paris");
        auto const last = co_await in_paris.order_by("name desc").first();
        REQUIRE(last);
        CHECK(last->name == "Partner 4");

        std::vector<std::string> names;
        auto stream = ours.only(&ResPartner::name).stream(4);
        while (auto page = co_await stream.next()) {
            for (auto const& partner : *page) names.push_back(partner.name);
        }
        CHECK(names.size() == 6);

        auto const deleted = co_await in_paris.unlink();
        CHECK(deleted == 5);
        auto const left = co_await ours.search();
        CHECK(left.size() == 1);
        auto const is_left = co_await in_paris.exists();
        CHECK_FALSE(is_left);
    });
}

TEST_CASE("contract: the country of a partner is fetched on demand") {
    SeedWorld world;
    auto& client = world.client;
    world.run_as_admin([&]() -> asio::awaitable<void> {
        auto const belgium = co_await client.model<ResCountry>().filter(field("code") == "BE").first();
        REQUIRE(belgium);
        RecordId const id =
            co_await client.model<ResPartner>().create(values("name", "Ada", "country_id", belgium->id));
        ResPartner const partner = co_await client.model<ResPartner>().get(id);
        REQUIRE(partner.country);
        CHECK(partner.country.name == "Belgium");
        ResCountry const country = co_await partner.country.fetch(client);
        CHECK(country == *belgium);
        CHECK_FALSE(partner.parent);
    });
}

TEST_CASE("contract: each included model of Odoo's base is read from the simulator") {
    SeedWorld world;
    auto& client = world.client;
    world.run_as_admin([&]() -> asio::awaitable<void> {
        auto const user = co_await client.model<ResUsers>().filter(field(&ResUsers::login) == "admin").first();
        REQUIRE(user);
        CHECK(user->name == "Administrator");
        ResCompany const company = co_await user->company.fetch(client);
        CHECK(company.name == "My Company");
        ResCurrency const currency = co_await company.currency.fetch(client);
        CHECK(currency.name == "USD");
        CHECK(currency.decimal_places == 2);
        ResPartner const partner = co_await company.partner.fetch(client);
        CHECK(partner.is_company);
        auto const countries = co_await client.model<ResCountry>().count();
        CHECK(countries > 200);
    });
}

TEST_CASE("contract: a custom model takes a few lines and may refer to itself") {
    SeedWorld world;
    auto& client = world.client;
    world.run_as_admin([&]() -> asio::awaitable<void> {
        auto const all = client.model<Category>();
        RecordId const food = co_await all.create(values("name", "Food"));
        RecordId const cheese = co_await all.create(values("name", "Cheese", "parent_id", food));
        co_await all.create(values("name", "Shoes"));
        auto const below = co_await all.filter(field(&Category::id).child_of(food)).order_by("id").all();
        REQUIRE(below.size() == 2);
        CHECK(below[1].id == cheese);
        Category const parent = co_await below[1].parent.fetch(client);
        CHECK(parent.name == "Food");
    });
}

TEST_CASE("contract: a wrong field name is reported before anything is sent") {
    SeedWorld world;
    auto& client = world.client;
    world.run_as_admin([&]() -> asio::awaitable<void> {
        std::string message;
        try {
            co_await client.model<ResPartner>().filter(field("is_compnay") == true).all();
        } catch (std::invalid_argument const& error) {
            message = error.what();
        }
        CHECK(contains(message, R"(res.partner has no field "is_compnay"; did you mean is_company)"));
    });
}
