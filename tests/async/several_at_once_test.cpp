// SPDX-License-Identifier: BSL-1.0
// Asio's `a() && b()` in an operation: of several failures it throws one and indicates that there were others.
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/retry_decorators.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <chrono>
#include <tuple>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using asio::experimental::awaitable_operators::operator&&;
using asio::experimental::awaitable_operators::operator||;
using tests::World;

namespace {

struct Patient final : RetryStrategy {
    bool should_retry(int attempt, Failure const&) override { return attempt < 3; }
    Duration get_delay(int) override { return 1s; }
};

}  // namespace

TEST_CASE("an operation of concurrent calls is not retried if more than one failed, as one may have been sent") {
    World world;
    int sent = 0;
    auto const create = [&]() -> asio::awaitable<int> {
        ++sent;
        throw OutcomeUnknownError{"it was sent"};
        co_return 0;
    };
    auto const read = []() -> asio::awaitable<int> {
        co_await async_sleep(1h);
        co_return 0;
    };
    bool const create_first = GENERATE(true, false);
    auto const both = [&]() -> asio::awaitable<int> {
        auto pair = create_first ? create() && read() : read() && create();
        auto const numbers = co_await std::move(pair);
        co_return std::get<0>(numbers);
    };
    auto const check = [&](auto const& layer) {
        sent = 0;
        auto const failure = world.run(layer, both).failure;
        CHECK(sent == 1);
        CHECK(failure.never_retried());
        CHECK(failure.delivery() == Delivery::unknown);
        CHECK_THROWS_AS(failure.raise(), asio::multiple_exceptions);
    };
    check(retry_on_failure({.max_attempts = 3}));
    check(retry(RetryPolicy{.strategy = Patient{}}));
}
