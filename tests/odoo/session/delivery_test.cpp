// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/session.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/retry.hpp>

#include <functional>
#include <string>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using namespace zenoo_rpc::tests;
using nlohmann::json;

namespace {

auto const five_attempts = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 5, .delay = 1s}};

auto plain_create(Session& session) {
    return [&session] { return session.client.create("res.partner", values("name", "Ada")); };
}

}  // namespace

TEST_CASE("a plain create whose response is lost ends with an unknown outcome and says how to find out") {
    Session session{fate::lost()};
    auto const failure = session.world.run(session.client.create("res.partner", values("name", "Ada"))).failure;
    CHECK(failure.is<OutcomeUnknownError>());
    CHECK(failure.never_retried());
    CHECK(failure.delivery() == Delivery::unknown);
    CHECK(failure.cause().is<NetworkError>());
    for (auto const* part :
         {"res.partner.create", "no usable response within 0 s", "reset by peer", "Search for the record"}) {
        CAPTURE(part, failure.what());
        CHECK(contains(failure.what(), part));
    }
    CHECK_FALSE(contains(failure.what(), "sesame"));
}

TEST_CASE("failures that leave the outcome of a plain create unknown") {
    for (auto const& what_happens :
         {fate::lost(), fate::status(500), fate::status(502), fate::status(503), fate::status(504), fate::status(200),
          fate::error("psycopg2.InterfaceError"), fate::failure(Errc::protocol_error, Delivery::unknown)}) {
        Session session{what_happens};
        CHECK(session.world.run(session.client.create("res.partner", values())).failure.is<OutcomeUnknownError>());
    }
}

TEST_CASE("a plain create that was not sent or was rejected ends with that failure") {
    Session session{fate::refused(), fate::error("psycopg2.errors.SerializationFailure"), fate::status(429)};
    auto const create = plain_create(session);
    auto const refused = session.world.run(create()).failure;
    CHECK(refused.is<NetworkError>());
    CHECK(refused.delivery() == Delivery::not_sent);
    CHECK(session.world.run(create()).failure.is<ConcurrencyError>());
    CHECK(session.world.run(create()).failure.is<RateLimitedError>());
}

TEST_CASE("no layer around a plain create sends it twice") {
    using Wrap = std::function<asio::awaitable<RecordId>(std::function<asio::awaitable<RecordId>()>)>;
    auto const limit = timeout(5s);
    auto const again = retry(five_attempts);
    auto const breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 1});
    auto const twice = again | again;
    auto const each_limited = again | limit;
    auto const all_limited = limit | again;
    auto const both_ways = again | limit | again;
    auto const guarded = again | circuit_breaker(breaker);
    auto const with_fallback = fallback(RecordId{0}) | again;
    std::vector<std::pair<char const*, Wrap>> const wraps{
        {"async_retry", [](auto op) { return async_retry(five_attempts, op); }},
        {"retry in retry", [&](auto op) { return twice(op); }},
        {"retry | timeout", [&](auto op) { return each_limited(op); }},
        {"timeout | retry", [&](auto op) { return all_limited(op); }},
        {"retry | timeout | retry", [&](auto op) { return both_ways(op); }},
        {"retry | breaker", [&](auto op) { return guarded(op); }},
        {"fallback | retry", [&](auto op) { return with_fallback(op); }},
        {"any predicate",
         [](auto op) {
             RetryPolicy policy{.strategy = FixedDelayStrategy{.max_attempts = 5, .delay = 1s},
                                .retry_if = [](Failure const&) { return true; }};
             return async_retry(policy, op);
         }},
    };
    bool const responds_late = GENERATE(false, true);
    for (auto const& [name, wrap] : wraps) {
        CAPTURE(name, responds_late);
        Session session{responds_late ? fate::silence(Delivery::unknown) : fate::lost()};
        session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.max_attempts = 5, .delay = 1s}});
        std::function<asio::awaitable<RecordId>()> const create = plain_create(session);
        auto const outcome = session.world.run(wrap(create));
        CHECK(outcome.failure.is<OutcomeUnknownError>());
        CHECK(session.sent() == 1);
    }
}

TEST_CASE("a create that was not sent is sent again") {
    Session session{fate::refused(), fate::refused(), fate::result(42)};
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.delay = 1s}});
    auto const outcome = session.world.run(session.client.create("res.partner", values()));
    CHECK(outcome.value.value() == 42);
    CHECK(session.sent() == 3);
    CHECK(outcome.elapsed == 2s);
}

TEST_CASE("idempotent calls are sent again even after an unknown outcome") {
    Session session{fate::lost(), fate::status(502), fate::result(json::array()), fate::lost(), fate::result(true)};
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.delay = 1s}});
    CHECK(session.world.run(session.client.read("res.partner", 7)).value.has_value());
    auto work = [&]() -> asio::awaitable<json> {
        json const args = json::parse("[[7]]");
        co_return co_await session.client.execute_kw("sale.order", "action_confirm", args, json::object(),
                                                     CallOptions().idempotent());
    };
    CHECK(session.world.run(work()).value.value() == true);
    CHECK(session.sent() == 5);
}

TEST_CASE("a method that is declared not idempotent is not sent again") {
    Session session{fate::lost()};
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.delay = 1s}});
    auto const outcome =
        session.world.run(session.client.read("res.partner", 7, fields(), CallOptions().idempotent(false)));
    CHECK(outcome.failure.is<OutcomeUnknownError>());
    CHECK(session.sent() == 1);
}

TEST_CASE("a call has a time limit, after which its failure depends on the method") {
    Session session{fate::silence(Delivery::unknown), fate::silence(Delivery::not_sent),
                    fate::silence(Delivery::unknown), fate::silence(Delivery::unknown)};
    auto const read = session.world.run(session.client.read("res.partner", 7));
    CHECK(read.failure.is<TimeoutError>());
    CHECK(read.failure.transient());
    CHECK(read.failure.delivery() == Delivery::unknown);
    CHECK(read.elapsed == 150s);

    auto const unsent = session.world.run(session.client.create("res.partner", values()));
    CHECK(unsent.failure.is<TimeoutError>());
    CHECK(unsent.failure.delivery() == Delivery::not_sent);

    auto const sent = session.world.run(session.client.create("res.partner", values(), CallOptions().timeout(5s)));
    CHECK(sent.failure.is<OutcomeUnknownError>());
    CHECK(sent.failure.caused_by<TimeoutError>());
    CHECK(contains(sent.failure.what(), "no usable response within 5 s"));
    CHECK(sent.elapsed == 5s);

    auto running =
        session.world.start(session.client.read("res.partner", 7, fields(), CallOptions().timeout(unlimited)));
    session.world.time.advance(24h);
    CHECK_FALSE(running.ended());
    running.cancel();
    session.world.time.run();
    CHECK(running.outcome().failure.cancelled());

    auto const sent_so_far = session.sent();
    auto const results = session.client.results();
    auto const senseless = session.world.run(results.create("res.partner", values(), CallOptions().timeout(-1s))).value;
    CHECK(senseless->error().is<std::invalid_argument>());
    CHECK(senseless->error().delivery() == Delivery::not_sent);
    CHECK(session.sent() == sent_so_far);
}

TEST_CASE("a call that is cancelled says how far it got") {
    struct Case {
        bool creates;
        Delivery reached;
        bool is_unknown;
    };
    auto const [creates, reached, is_unknown] =
        GENERATE(Case{true, Delivery::unknown, true}, Case{true, Delivery::not_sent, false},
                 Case{false, Delivery::unknown, false}, Case{false, Delivery::not_sent, false});
    auto const type = GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::total);
    bool const has_manager = GENERATE(false, true);
    CAPTURE(creates, to_string(reached), has_manager);

    Session session{fate::silence(reached)};
    if (has_manager) session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.delay = 1s}});
    auto work = [&, is_create = creates]() -> asio::awaitable<void> {
        if (is_create) {
            co_await session.client.create("res.partner", values("name", "Ada"));
        } else {
            co_await session.client.read("res.partner", 7);
        }
    };
    auto running = session.world.start(work());
    session.world.time.advance(1s);
    REQUIRE_FALSE(running.ended());
    running.cancel(type);
    session.world.time.advance(0s);
    REQUIRE(running.ended());
    auto const& failure = running.outcome().failure;
    CHECK(failure.is<OutcomeUnknownError>() == is_unknown);
    CHECK(failure.cancelled() == !is_unknown);
    CHECK(failure.delivery() == reached);
    CHECK(session.sent() == 1);
}

TEST_CASE("a retried unlink that finds nothing has succeeded") {
    Session session{fate::lost(), fate::error("odoo.exceptions.MissingError"), fate::result(json::array())};
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.delay = 1s}});
    CHECK_FALSE(session.world.run(session.client.unlink("res.partner", 7)).failure);
    CHECK(session.sent() == 3);
}

TEST_CASE("a retried unlink that misses a record other than its own has failed") {
    Session session{fate::lost(), fate::error("odoo.exceptions.MissingError"), fate::result(json::array({7}))};
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.delay = 1s}});
    CHECK(session.world.run(session.client.unlink("res.partner", 7)).failure.is<MissingError>());
}

TEST_CASE("a retried unlink that cannot read what is left has an unknown outcome") {
    Session session{fate::lost(), fate::error("odoo.exceptions.MissingError"), fate::status(403)};
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.delay = 1s}});
    auto const failure = session.world.run(session.client.unlink("res.partner", 7)).failure;
    CHECK(failure.code() == Errc::access_denied);
    CHECK(failure.delivery() == Delivery::unknown);
}

TEST_CASE("an unlink whose first sent attempt finds nothing has failed") {
    Session session{fate::error("odoo.exceptions.MissingError"), fate::refused(),
                    fate::error("odoo.exceptions.MissingError")};
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.delay = 1s}});
    CHECK(session.world.run(session.client.unlink("res.partner", 7)).failure.is<MissingError>());
    CHECK(session.world.run(session.client.unlink("res.partner", 7)).failure.is<MissingError>());
}

TEST_CASE("a retried unlink of many records succeeds only if none of them is left") {
    bool const are_gone = GENERATE(true, false);
    auto const left = are_gone ? json::array() : json({8});
    Session session{fate::lost(), fate::error("odoo.exceptions.MissingError"), fate::result(left)};
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.delay = 1s}});
    std::vector<RecordId> const ids{7, 8};
    auto const outcome = session.world.run(session.client.unlink("res.partner", ids));
    CHECK(outcome.failure.is<MissingError>() == !are_gone);
    CHECK(session.sent() == 3);
}

TEST_CASE("an exception of the transport is treated as a failure") {
    Session session;
    auto const failure = session.world.run(session.client.read("res.partner", 7)).failure;  // no fate is scripted
    CHECK(failure.is<std::logic_error>());
    CHECK(session.world.run(session.client.create("res.partner", values())).failure.is<OutcomeUnknownError>());
}
