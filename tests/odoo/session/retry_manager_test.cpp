// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/session.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/retry.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using namespace zenoo_rpc::tests;
using nlohmann::json;

namespace {

std::vector<std::string> recorded_events;
void log_event(RetryEvent const& event) {
    recorded_events.push_back(to_string(event.type) + std::string{' '} + std::string{event.operation} + ' '
                              + std::to_string(event.attempt));
}

}  // namespace

TEST_CASE("a new client retries nothing and its retry manager shows that") {
    Session session{fate::refused()};
    CHECK(session.world.run(session.client.read("res.partner", 7)).failure.is<NetworkError>());
    CHECK(session.sent() == 1);
    CHECK(session.client.retry_manager().circuit_breaker() == nullptr);
    CHECK(session.client.retry_manager().get_metrics().operations == 0);
}

TEST_CASE("exhausted attempts end with an error that nests the last failure") {
    Session session{fate::refused(), fate::refused(), fate::refused()};
    session.client.setup_retry_manager({.strategy = three_times()});
    auto const failure = session.world.run(session.client.read("res.partner", 7)).failure;
    CHECK(failure.is<RetryExhaustedError>());
    CHECK(failure.caused_by<NetworkError>());
    CHECK(failure.delivery() == Delivery::not_sent);
}

TEST_CASE("results report exhausted attempts without throwing") {
    Session session{fate::refused(), fate::refused(), fate::refused()};
    session.client.setup_retry_manager({.strategy = three_times()});
    auto const outcome = session.world.run(session.client.results().read("res.partner", 7));
    CHECK(outcome.value.value().error().is<RetryExhaustedError>());
}

TEST_CASE("retries are counted and reported under the name of the call") {
    recorded_events.clear();
    Session session{fate::refused(), fate::result(json::array()), fate::refused(), fate::refused(), fate::refused()};
    session.client.setup_retry_manager(
        {.strategy = three_times(), .collect_metrics = true, .metrics_callback = log_event});
    session.world.run(session.client.read("res.partner", 7));
    session.world.run(session.client.create("res.users", values()));
    CHECK(recorded_events
          == std::vector<std::string>{"retry_attempt res.partner.read 1", "retry_success res.partner.read 2",
                                      "retry_attempt res.users.create 1", "retry_attempt res.users.create 2",
                                      "retry_failed res.users.create 3"});
    RetryMetrics const m = session.client.retry_manager().get_metrics();
    CHECK(m.operations == 2);
    CHECK(m.total_attempts == 5);
    CHECK(m.retries == 3);
    CHECK(m.successful_retries == 1);
    CHECK(m.failed_retries == 1);
    CHECK(m.average_delay == 1s);

    session.client.setup_retry_manager({.strategy = three_times()});
    CHECK(session.client.retry_manager().get_metrics().operations == 0);
}

TEST_CASE("the circuit breaker wraps each attempt") {
    recorded_events.clear();
    auto const breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 2}, "Odoo");
    Session session{fate::refused(), fate::refused()};
    session.client.setup_retry_manager({.strategy = three_times(),
                                        .circuit_breaker = breaker,
                                        .collect_metrics = true,
                                        .metrics_callback = log_event});
    auto const failure = session.world.run(session.client.read("res.partner", 7)).failure;
    CHECK(failure.is<CircuitBreakerOpenError>());
    CHECK(session.sent() == 2);
    CHECK(session.client.retry_manager().circuit_breaker()->is_open());
    CHECK(session.client.retry_manager().get_metrics().circuit_breaker_opens == 1);
    CHECK(session.client.retry_manager().get_metrics().circuit_breaker_rejections == 1);
    CHECK(std::ranges::count(recorded_events, "circuit_breaker_opened Odoo 0") == 1);
}

TEST_CASE("with a breaker alone an unknown outcome counts like its cause") {
    auto const breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 1});
    Session session{fate::lost()};
    session.client.setup_retry_manager({.circuit_breaker = breaker});
    CHECK(session.world.run(session.client.create("res.partner", values())).failure.is<OutcomeUnknownError>());
    CHECK(breaker->is_open());
}

TEST_CASE("a whole policy replaces the strategy") {
    Session session{fate::refused(), fate::result(json::array())};
    session.client.setup_retry_manager(
        {.strategy = FixedDelayStrategy{.max_attempts = 1},
         .policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 2, .delay = 7s}, .total_timeout = 60s}});
    auto const outcome = session.world.run(session.client.read("res.partner", 7));
    CHECK(outcome.value.has_value());
    CHECK(outcome.elapsed == 7s);
    session.client.setup_retry_manager({.policy = DefaultRetryPolicy{}});
}

TEST_CASE("unusable options are rejected at once and the previous ones stay in effect") {
    Session session{fate::refused(), fate::result(json::array())};
    session.client.setup_retry_manager({.strategy = three_times()});
    CHECK_THROWS_AS(session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.max_attempts = 0}}),
                    std::invalid_argument);
    CHECK(session.world.run(session.client.read("res.partner", 7)).value.has_value());
}

TEST_CASE("a later setup does not affect the calls under way") {
    Session session{fate::refused(), fate::result(json::array())};
    session.client.setup_retry_manager({.strategy = three_times()});
    auto running = session.world.start(session.client.read("res.partner", 7));
    session.world.time.advance(500ms);
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.max_attempts = 1}});
    session.world.time.run();
    CHECK(running.outcome().value.has_value());
}

TEST_CASE("a login is retried only if it was not sent") {
    struct Case {
        Fate first;
        std::size_t sent;
    };
    for (auto const& [first, sent] :
         {Case{fate::refused(), 2}, Case{fate::lost(), 1}, Case{fate::status(503), 1}, Case{fate::result(false), 1},
          Case{fate::error("psycopg2.OperationalError", "connection to server at \"::1\" failed"), 1}}) {
        Session session{first, fate::result(2)};
        session.client.setup_retry_manager({.strategy = three_times()});
        auto const outcome = session.world.run(session.client.login("shop", "admin", "sesame"));
        CHECK(session.sent() == sent);
        CHECK(outcome.value.has_value() == (sent == 2));
        CHECK_FALSE(outcome.failure.is<OutcomeUnknownError>());
    }
}

TEST_CASE("a strategy of the user decides which failures a login is retried for") {
    struct Patient final : RetryStrategy {
        bool should_retry(int attempt, Failure const& failure) override {
            return attempt < 3 && failure.is<NetworkError>();
        }
        Duration get_delay(int) override { return 1s; }
    };
    NetworkError error{make_error_code(asio::error::host_not_found), "no such host"};
    error.delivery(Delivery::not_sent);
    Failure const unreachable{std::make_exception_ptr(error)};
    REQUIRE_FALSE(unreachable.transient());
    auto const not_found = [&](json const&) -> asio::awaitable<Result<HttpResponse>> { co_return unreachable; };
    Session session{not_found, not_found, fate::result(2)};
    session.client.setup_retry_manager({.strategy = Patient{}});
    CHECK(session.world.run(session.client.login("shop", "admin", "sesame")).value == 2);
    CHECK(session.sent() == 3);
}

TEST_CASE("a wrong password is never tried again even if the policy retries everything") {
    Session session{fate::result(false), fate::error("odoo.exceptions.AccessDenied")};
    auto const stubborn = RetryPolicy{.strategy = three_times(), .retry_if = [](Failure const&) { return true; }};
    session.client.setup_retry_manager({.policy = stubborn});
    auto const login = [&] { return session.client.login("shop", "admin", "sesame"); };
    CHECK(session.world.run(login()).failure.is<AuthenticationError>());
    CHECK(session.world.run(async_retry(stubborn, login)).failure.is<AuthenticationError>());
    CHECK(session.sent() == 2);
}
