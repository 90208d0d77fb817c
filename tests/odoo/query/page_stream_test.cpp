// SPDX-License-Identifier: BSL-1.0
// Streams of pages: the request for each page, and the records that are returned despite changes and failures.
#include "odoo/fixtures/session.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/retry.hpp>
#include <zenoo_rpc/testing/simulated_transport.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

struct NamedPartner {
    static constexpr std::string_view odoo_model = "res.partner";
    std::string name;

    bool operator==(NamedPartner const&) const = default;
};
BOOST_DESCRIBE_STRUCT(NamedPartner, (), (name))

using Page = std::optional<std::vector<NamedPartner>>;

json record(RecordId id) { return {{"id", id}, {"name", "Partner " + std::to_string(id)}}; }
NamedPartner partner(RecordId id) { return {"Partner " + std::to_string(id)}; }

Fate response_with(std::vector<RecordId> const& ids) {
    auto all = json::array();
    for (auto const id : ids) all.push_back(record(id));
    return fate::result(all);
}
Page page(std::vector<RecordId> const& ids) {
    Page all{std::in_place};
    for (auto const id : ids) all->push_back(partner(id));
    return all;
}
Page const no_page;

Page next(Session& session, PageStream<NamedPartner>& stream) { return session.world.run(stream.next()).value.value(); }

json sent_domain(Session const& session, std::size_t index) { return session.server->args(index)[5][0]; }
json sent_kwargs(Session const& session, std::size_t index) { return session.server->args(index)[6]; }

}  // namespace

TEST_CASE("each page begins after the last id of the one before until a page is empty") {
    Session session{response_with({3, 5}), response_with({9}), response_with({})};
    auto const domain = field("is_company") == true && field("name").ilike("p%");
    auto stream = session.client.stream<NamedPartner>(domain, 2);
    CHECK(session.sent() == 0);
    CHECK(next(session, stream) == page({3, 5}));
    CHECK(next(session, stream) == page({9}));
    CHECK(next(session, stream) == no_page);

    CHECK(sent_domain(session, 0) == json::parse(R"(["&", ["is_company", "=", true], ["name", "ilike", "p%"]])"));
    CHECK(sent_domain(session, 1)
          == json::parse(R"(["&", "&", ["is_company", "=", true], ["name", "ilike", "p%"], ["id", ">", 5]])"));
    CHECK(sent_domain(session, 2)
          == json::parse(R"(["&", "&", ["is_company", "=", true], ["name", "ilike", "p%"], ["id", ">", 9]])"));
    for (std::size_t index = 0; index < 3; ++index) {
        CHECK(sent_kwargs(session, index) == json{{"fields", {"name"}}, {"limit", 2}, {"order", "id"}});
    }
}

TEST_CASE("a stream without conditions reads all records in pages of a thousand including negative ids") {
    Session session{response_with({-7, -2}), response_with({})};
    auto stream = session.client.stream<NamedPartner>("sale.report");
    CHECK(next(session, stream) == page({-7, -2}));
    CHECK(next(session, stream) == no_page);
    CHECK(session.server->args(0)[3] == "sale.report");
    CHECK(sent_domain(session, 0) == json::array());
    CHECK(sent_domain(session, 1) == json::parse(R"([["id", ">", -2]])"));
    CHECK(sent_kwargs(session, 0) == json{{"fields", {"name"}}, {"limit", 1000}, {"order", "id"}});
}

TEST_CASE("after its end a stream returns the records created since") {
    Session session{response_with({3}), response_with({}), response_with({4}), response_with({})};
    auto stream = session.client.stream<NamedPartner>();
    CHECK(next(session, stream) == page({3}));
    CHECK(next(session, stream) == no_page);
    CHECK(next(session, stream) == page({4}));
    CHECK(next(session, stream) == no_page);
    CHECK(sent_domain(session, 3) == json::parse(R"([["id", ">", 4]])"));
}

TEST_CASE("after a failure a stream requests the same page again") {
    json const misfit{{"id", 8}, {"name", 5}};
    Session session{response_with({3, 5}), fate::refused(), fate::result(json::array({record(7), misfit})),
                    response_with({7, 8})};
    auto stream = session.client.stream<NamedPartner>({}, 2);
    CHECK(next(session, stream) == page({3, 5}));
    CHECK(session.world.run(stream.next()).failure.is<NetworkError>());
    CHECK(session.world.run(stream.next()).failure.is<ProtocolError>());
    CHECK(next(session, stream) == page({7, 8}));
    for (std::size_t index = 1; index < 4; ++index) {
        CHECK(sent_domain(session, index) == json::parse(R"([["id", ">", 5]])"));
    }
}

TEST_CASE("each page is retried as the client's policy says") {
    Session session{fate::lost(), response_with({3}), fate::refused(), fate::lost(), response_with({})};
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s}});
    auto stream = session.client.stream<NamedPartner>();
    CHECK(next(session, stream) == page({3}));
    CHECK(next(session, stream) == no_page);
    CHECK(session.sent() == 5);
}

TEST_CASE("a server that returns the same page again causes an error") {
    Session session{response_with({3, 5}), response_with({3, 5}), fate::result(json::array({record(4)}))};
    auto typed = session.client.stream<NamedPartner>({}, 2);
    CHECK(next(session, typed) == page({3, 5}));
    auto const again = session.world.run(typed.next());
    CHECK(again.failure.is<ProtocolError>());
    CHECK(contains(again.failure.what(), "res.partner.search_read: unexpected response: expected ids above 5, got 5"));
    CHECK(session.world.run(typed.next()).failure.is<ProtocolError>());
}

TEST_CASE("a stream without a struct returns the records as JSON") {
    Session session{response_with({3, 5}), response_with({})};
    auto stream = session.client.stream("res.partner", field("name") != false, fields("name"), 2);
    CHECK(session.world.run(stream.next()).value.value() == std::vector{record(3), record(5)});
    CHECK_FALSE(session.world.run(stream.next()).value.value());
    CHECK(sent_kwargs(session, 0) == json{{"fields", {"name"}}, {"limit", 2}, {"order", "id"}});
    CHECK(sent_domain(session, 1) == json::parse(R"(["&", ["name", "!=", false], ["id", ">", 5]])"));
}

TEST_CASE("a JSON page must consist of records with ids") {
    char const* const response = GENERATE("5", "[5]", "[{}]", R"([{"id": 3}, {"id": "x"}])", "null");
    Session session{fate::result(json::parse(response))};
    auto stream = session.client.stream("res.partner");
    auto const outcome = session.world.run(stream.next());
    CHECK(outcome.failure.is<ProtocolError>());
    CHECK(
        contains(outcome.failure.what(), "res.partner.search_read: unexpected response: expected an array of records"));
}

TEST_CASE("a page size below one is rejected before anything is sent") {
    auto const size = GENERATE(0, -1);
    Session session;
    CHECK_THROWS_WITH(session.client.stream<NamedPartner>({}, size),
                      "page size of a stream of res.partner must be at least 1, but is " + std::to_string(size));
    CHECK_THROWS_AS(session.client.stream("res.partner", {}, {}, size), std::invalid_argument);
    CHECK(session.sent() == 0);
}

TEST_CASE("pages and failures are available as results") {
    Session session{response_with({3}), fate::refused(), response_with({}), response_with({3})};
    auto stream = session.client.results().stream<NamedPartner>();
    CHECK(session.world.run(stream.next()).value.value().value() == page({3}));
    CHECK(session.world.run(stream.next()).value.value().error().is<NetworkError>());
    CHECK(session.world.run(stream.next()).value.value().value() == no_page);
    session.client.logout();
    CHECK(session.world.run(stream.next()).value.value().error().is<AuthenticationError>());
    CHECK(session.sent() == 3);
}

TEST_CASE("a stream may be destroyed while a page is awaited") {
    Session session{response_with({3})};
    std::optional<PageStream<NamedPartner>> stream{session.client.stream<NamedPartner>()};
    auto running = session.world.start(stream->next());
    stream.reset();
    session.world.time.run();
    CHECK(running.outcome().value.value() == page({3}));
}

TEST_CASE("after a cancellation the same page is read next") {
    Session session{fate::silence(Delivery::unknown), response_with({3})};
    auto stream = session.client.stream<NamedPartner>();
    auto running = session.world.start(stream.next());
    session.world.io.poll();
    running.cancel();
    session.world.time.run();
    CHECK(running.outcome().failure.cancelled());
    CHECK(next(session, stream) == page({3}));
    CHECK(sent_domain(session, 1) == json::array());
}

TEST_CASE("records created and deleted between pages are returned at most once by both protocols") {
    auto const protocol = GENERATE(Protocol::json_rpc, Protocol::json2);
    World world;
    OdooServerCore odoo;
    ZenooClient client{world.io.get_executor(), std::make_shared<SimulatedTransport>(odoo), {.protocol = protocol}};
    auto const create = [&](RecordId number) {
        return client.create("res.partner", values("name", "Partner " + std::to_string(number), "ref", "shop"));
    };
    auto work = [&]() -> asio::awaitable<std::vector<std::string>> {
        co_await client.login_with_api_key("odoo19", "admin", "admin-api-key");
        std::vector<RecordId> ids;
        for (RecordId number = 0; number < 10; ++number) ids.push_back(co_await create(number));

        std::vector<std::string> names;
        auto stream = client.stream<NamedPartner>(field("ref") == "shop", 3);
        int pages = 0;
        while (auto const page = co_await stream.next()) {
            CHECK(page->size() <= 3);
            for (auto const& partner : *page) names.push_back(partner.name);
            ++pages;
            if (pages == 1) {  // two that were read, and one that was not yet
                std::vector<RecordId> const gone{ids[0], ids[2], ids[4]};
                co_await client.unlink("res.partner", gone);
                co_await create(10);
            }
            if (pages == 4) co_await create(11);
        }
        co_return names;
    };
    std::vector<std::string> expected;
    for (int const number : {0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11})
        expected.push_back("Partner " + std::to_string(number));
    CHECK(world.run(work()).value == expected);
}
