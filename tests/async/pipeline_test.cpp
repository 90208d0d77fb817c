// SPDX-License-Identifier: BSL-1.0
#include "async/policies.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/async/metrics_layer.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::twice;
using tests::World;

namespace {

/// A user-defined gate that logs its calls.
class Turnstile {
public:
    struct Token {
        Turnstile const* gate;
        bool settled = false;
        void settle() { note("+"); }
        void settle(Failure const& failure) { note(failure.transient() ? "-" : "!"); }
        Token(Turnstile const* of) : gate{of} {}
        Token(Token&& other) noexcept : gate{std::exchange(other.gate, nullptr)}, settled{other.settled} {}
        Token& operator=(Token&&) = delete;
        ~Token() {
            if (gate && !settled) note("0");
        }

    private:
        void note(char const* what) {
            settled = true;
            gate->log_->push_back(gate->name_ + what);
        }
    };

    Turnstile(std::string name, std::vector<std::string>& log, bool open = true)
        : name_{std::move(name)}, log_{&log}, open_{open} {}
    std::optional<Token> enter(RetryContext const& context) {
        if (!open_) return std::nullopt;
        log_->push_back(name_ + std::to_string(context.attempt));
        return std::optional<Token>{this};
    }
    Failure refusal(RetryContext const&) const { return Errc::access_denied; }

private:
    std::string name_;
    std::vector<std::string>* log_;
    bool open_;
};

}  // namespace

TEST_CASE("gates are entered from the outside in before each attempt and settled with its outcome") {
    World world;
    std::vector<std::string> log;
    auto const operation = [calls = 0]() mutable -> asio::awaitable<void> {
        if (++calls == 1) throw NetworkError{"down"};
        co_return;
    };
    auto const pipeline = retry(twice) | gate(Turnstile{"a", log}) | gate(Turnstile{"b", log});
    CHECK(world.run(pipeline, operation).value);
    CHECK(log == std::vector<std::string>{"a1", "b1", "a-", "b-", "a2", "b2", "a+", "b+"});
}

TEST_CASE("a gate already entered without a context is not entered again when a later gate needs one") {
    World world;
    auto const recorder = std::make_shared<MetricsRecorder>();
    auto const breaker = std::make_shared<CircuitBreaker>();
    breaker->open();
    auto const pipeline = retry(twice) | metrics(recorder) | circuit_breaker(breaker);
    CHECK_FALSE(world.run(pipeline, []() -> asio::awaitable<int> { co_return 1; }).value);
    CHECK(recorder->snapshot().operations == 1);
    CHECK(recorder->snapshot().total_attempts == 1);
    CHECK(recorder->snapshot().circuit_breaker_rejections == 1);
}

TEST_CASE("a failed first attempt opens the circuit by the clock of its executor") {
    World world;
    auto const breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 1});
    auto const pipeline =
        retry(RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 1}}) | circuit_breaker(breaker);
    world.run(pipeline, []() -> asio::awaitable<int> {
        throw NetworkError{"down"};
        co_return 1;
    });
    CHECK(breaker->is_open());
    CHECK(breaker->retry_after() == 30s);
}

TEST_CASE("a gate that rejects leaves earlier gates unsettled and the operation uncalled") {
    World world;
    std::vector<std::string> log;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<void> {
        ++calls;
        co_return;
    };
    auto const pipeline = gate(Turnstile{"a", log}) | gate(Turnstile{"b", log, false}) | gate(Turnstile{"c", log});
    CHECK(world.run(pipeline, operation).failure.is<AccessError>());
    CHECK(log == std::vector<std::string>{"a1", "a0"});
    CHECK(world.run(retry(twice) | pipeline, operation).failure.is<AccessError>());
    CHECK(calls == 0);
}

TEST_CASE("a gate before a driver is entered once") {
    World world;
    std::vector<std::string> log;
    auto const operation = [calls = 0]() mutable -> asio::awaitable<void> {
        if (++calls == 1) throw NetworkError{"down"};
        co_return;
    };
    CHECK(world.run(gate(Turnstile{"a", log}) | retry(twice) | gate(Turnstile{"b", log}), operation).value);
    CHECK(log == std::vector<std::string>{"a1", "b1", "b-", "b2", "b+", "a+"});
}

TEST_CASE("joining pipelines is associative") {
    World world;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<int> {
        if (++calls % 2 == 1) throw NetworkError{"down"};
        co_return calls;
    };
    auto const outer = fallback(0) | timeout(30s);
    auto const inner = retry(twice) | timeout(5s);
    auto const joined = outer | inner;
    auto const grouped = fallback(0) | (timeout(30s) | (retry(twice) | timeout(5s)));
    CHECK(world.run(joined, operation).value == 2);
    CHECK(world.run(grouped, operation).value == 4);
    CHECK(world.run(joined, operation).value == 6);
}

TEST_CASE("a pipeline may be destroyed while its executions run") {
    World world;
    auto operation = [owned = std::make_shared<int>(0)]() -> asio::awaitable<int> {
        if (++*owned < 2) throw NetworkError{"down"};
        co_return *owned;
    };
    auto const breaker = std::make_shared<CircuitBreaker>();
    auto const recorder = std::make_shared<MetricsRecorder>();
    auto running = [&] {
        auto const pipeline = fallback(std::string("none")) | timeout(1min) | retry(twice) | circuit_breaker(breaker)
                              | metrics(recorder) | timeout(5s);
        auto const text = [operation = std::move(operation)]() -> asio::awaitable<std::string> {
            auto copy = operation;
            int const value = co_await copy();
            co_return std::to_string(value);
        };
        return world.start(pipeline(text));
    }();
    world.time.run();
    CHECK(running.outcome().value == "2");
}

TEST_CASE("executions of a pipeline are independent") {
    World world;
    auto const pipeline = timeout(1min) | retry(twice);
    auto const operation = [calls = 0]() mutable -> asio::awaitable<int> {
        if (++calls == 1) throw NetworkError{"down"};
        co_return calls;
    };
    auto first = world.start(pipeline, operation);
    auto second = world.start(pipeline, operation);
    world.time.run();
    CHECK(first.outcome().value == 2);
    CHECK(second.outcome().value == 2);
    CHECK(second.outcome().elapsed == 1s);
}

TEST_CASE("an unusable policy in a pipeline is rejected when it is run") {
    World world;
    auto const unusable = RetryPolicy{.attempt_timeout = -1s};
    auto const out = world.run(fallback(7) | retry(unusable), []() -> asio::awaitable<int> { co_return 1; });
    CHECK(out.failure.is<std::invalid_argument>());
}

TEST_CASE("an operation is not retried because a gate throws on its success") {
    struct Indignant {
        struct Token {
            void settle() const { throw NetworkError{"not my success"}; }
            void settle(Failure const&) const {}
        };
        std::optional<Token> enter(RetryContext const&) const { return Token{}; }
        Failure refusal(RetryContext const&) const { return {}; }
    };
    World world;
    int calls = 0;
    auto const layers = retry(RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 3}}) | gate(Indignant{});
    SECTION("at the first attempt") {
        auto const operation = [&]() -> asio::awaitable<int> { co_return ++calls; };
        CHECK(world.run(layers, operation).failure.is<NetworkError>());
        CHECK(calls == 1);
    }
    SECTION("an operation that yields nothing") {
        auto const operation = [&]() -> asio::awaitable<void> {
            ++calls;
            co_return;
        };
        CHECK(world.run(layers, operation).failure.is<NetworkError>());
        CHECK(calls == 1);
    }
    SECTION("at a later attempt") {
        auto const operation = [&]() -> asio::awaitable<int> {
            if (++calls == 1) throw NetworkError{"down"};
            co_return calls;
        };
        CHECK(world.run(layers, operation).failure.is<NetworkError>());
        CHECK(calls == 2);
    }
}

TEST_CASE("an operation is not called if its gate has cancelled it, with and without a time limit") {
    struct Cancelling {
        struct Token {
            void settle() const {}
            void settle(Failure const&) const {}
        };
        std::function<void()> const* cancel;
        std::optional<Token> enter(RetryContext const&) const {
            (*cancel)();
            return Token{};
        }
        Failure refusal(RetryContext const&) const { return {}; }
    };
    Duration const limit = GENERATE(Duration{unlimited}, Duration{1h});
    World world;
    int calls = 0;
    std::function<void()> cancel;
    auto const layers = retry(RetryPolicy{.attempt_timeout = limit}) | gate(Cancelling{&cancel});
    auto const operation = [&]() -> asio::awaitable<Result<int>> { co_return ++calls; };
    auto running = world.start(layers(operation));
    cancel = [&] { running.cancel(); };
    world.time.run();
    REQUIRE(running.outcome().value);
    CHECK(running.outcome().value->error().cancelled());
    CHECK(calls == 0);
    CHECK(world.idle());
}
