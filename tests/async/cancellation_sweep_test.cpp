// SPDX-License-Identifier: BSL-1.0
// Every composition of layers is cancelled at every point of its run.
#include "async/policies.hpp"
#include "support/cancelled_compositions.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/async/ambient.hpp>
#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/decorate.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/async/metrics_layer.hpp>
#include <zenoo_rpc/async/retry_loop.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::CancelledRun;
using tests::Composition;
using tests::everything;
using tests::sweep_all;
using tests::SweepOptions;

namespace {

auto policy_of(CancelledRun& run, Duration delay = 1s, Duration total = unlimited, Duration each = unlimited) {
    return RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = delay},
                       .retry_if = everything,
                       .total_timeout = total,
                       .attempt_timeout = each,
                       .on_event = run.observer()};
}

auto operation_of(CancelledRun& run) {
    return [&run] { return run.operation(); };
}
auto result_operation_of(CancelledRun& run) {
    return [&run] { return run.result_operation(); };
}

asio::awaitable<int> value_of(asio::awaitable<Result<int>> work) {
    Result<int> const result = co_await std::move(work);
    co_return result.value();
}

template <class Policy>
asio::awaitable<int> looping(CancelledRun& run, Policy policy) {
    for (RetryLoop loop{policy};;) {
        try {
            co_return co_await run.operation();
        } catch (...) {
            loop.failed();
        }
        asio::awaitable<void> resting = loop.backoff();
        co_await std::move(resting);
    }
}

/// Starts its work in a coroutine that may be cancelled already, and does not throw because of that.
asio::awaitable<int> beginning_late(CancelledRun& run) {
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await asio::post(asio::use_awaitable);
    auto const layer = timeout(1h);
    co_return co_await layer(operation_of(run));
}

template <class... Layers>
asio::awaitable<int> through(Pipeline<Layers...> const& layers, CancelledRun& run) {
    return layers(operation_of(run));
}
template <class... Layers>
asio::awaitable<int> results_through(Pipeline<Layers...> const& layers, CancelledRun& run) {
    return value_of(layers(result_operation_of(run)));
}

}  // namespace

TEST_CASE("a retry that is cancelled at any point ends there") {
    sweep_all({
        {"async_sleep", [](CancelledRun& run) { return run.await_substitute(); }},
        {"async_retry", [](CancelledRun& run) { return async_retry(policy_of(run), operation_of(run)); }},
        {"no delay", [](CancelledRun& run) { return async_retry(policy_of(run, 0s), operation_of(run)); }},
        {"limits", [](CancelledRun& run) { return async_retry(policy_of(run, 1s, 1h, 1min), operation_of(run)); }},
        {"no delay, limits", [](CancelledRun& run) { return async_retry(policy_of(run, 0s, 1h), operation_of(run)); }},
        {"attempts time out",
         [](CancelledRun& run) { return async_retry(policy_of(run, 1s, 1h, 1ms), operation_of(run)); }},
        {"out of time", [](CancelledRun& run) { return async_retry(policy_of(run, 1s, 2500ms), operation_of(run)); }},
        {"results", [](CancelledRun& run) { return value_of(async_retry(policy_of(run), result_operation_of(run))); }},
        {"results, limits",
         [](CancelledRun& run) {
             return value_of(async_retry(policy_of(run, 0s, 1h, 1ms), result_operation_of(run)));
         }},
        {"ambient", [](CancelledRun& run) { return async_retry(policy_of(run), ambient(operation_of(run))); }},
        {"ambient, limits",
         [](CancelledRun& run) { return async_retry(policy_of(run, 1s, 1h), ambient(operation_of(run))); }},
    });
}

TEST_CASE("a retry with a completion token that is cancelled at any point ends there") {
    auto const by_token = [](CancelledRun& run) -> asio::awaitable<int> {
        auto const executor = co_await asio::this_coro::executor;
        auto const policy = policy_of(run);
        co_return co_await async_retry(executor, policy, operation_of(run), asio::use_awaitable);
    };
    sweep_all({{"token", by_token}});
}

TEST_CASE("nested layers that are cancelled at any point end there") {
    sweep_all({
        {"retry|retry", [](CancelledRun& run) { return through(retry(policy_of(run)) | retry(policy_of(run)), run); }},
        {"retry|timeout", [](CancelledRun& run) { return through(retry(policy_of(run)) | timeout(1min), run); }},
        {"retry|timeout that ends it",
         [](CancelledRun& run) { return through(retry(policy_of(run)) | timeout(1ms), run); }},
        {"timeout, begun late", beginning_late},
        {"timeout|timeout", [](CancelledRun& run) { return through(timeout(1h) | timeout(1min), run); }},
        {"with_retry",
         [](CancelledRun& run) {
             auto const function = [&run](int) { return run.operation(); };
             return with_retry(policy_of(run), function)(1);
         }},
    });
}

TEST_CASE("a retry within a timeout ends as soon as the cancellation reaches it") {
    auto const options = SweepOptions{.behind_a_strand = true};
    sweep_all(
        {
            {"timeout|retry", [](CancelledRun& run) { return through(timeout(1h) | retry(policy_of(run)), run); }},
            {"timeout|retry that it ends",
             [](CancelledRun& run) { return through(timeout(2500ms) | retry(policy_of(run)), run); }},
            {"results", [](CancelledRun& run) { return results_through(timeout(1h) | retry(policy_of(run)), run); }},
            {"decorate",
             [](CancelledRun& run) {
                 auto const function = [&run](int) { return run.operation(); };
                 return decorate(timeout(1h) | retry(policy_of(run)), function)(1);
             }},
        },
        options);
}

TEST_CASE("a fallback does not replace a cancelled operation and can be cancelled itself") {
    auto const plain = [](CancelledRun& run) { return fallback([&run] { return run.make_substitute(); }, everything); };
    auto const awaited = [](CancelledRun& run) { return fallback([&run] { return run.await_substitute(); }); };
    sweep_all({
        {"fallback", [&](CancelledRun& run) { return through(plain(run), run); }},
        {"fallback|retry", [&](CancelledRun& run) { return through(plain(run) | retry(policy_of(run)), run); }},
        {"awaited fallback|retry",
         [&](CancelledRun& run) { return through(awaited(run) | retry(policy_of(run)), run); }},
        {"awaited fallback|timeout", [&](CancelledRun& run) { return through(awaited(run) | timeout(1ms), run); }},
        {"results: fallback|retry",
         [&](CancelledRun& run) { return results_through(plain(run) | retry(policy_of(run)), run); }},
    });
}

TEST_CASE("cancelled operations count neither in a circuit breaker nor in the metrics") {
    sweep_all({
        {"breaker", [](CancelledRun& run) { return through(circuit_breaker(run.breaker()), run); }},
        {"retry|breaker",
         [](CancelledRun& run) { return through(retry(policy_of(run)) | circuit_breaker(run.breaker()), run); }},
        {"retry with limits|breaker",
         [](CancelledRun& run) {
             return through(retry(policy_of(run, 1s, 1h)) | circuit_breaker(run.breaker()), run);
         }},
        {"retry|metrics|breaker",
         [](CancelledRun& run) {
             return through(retry(policy_of(run)) | metrics(run.recorder()) | circuit_breaker(run.breaker()), run);
         }},
        {"results: retry|breaker",
         [](CancelledRun& run) {
             return results_through(retry(policy_of(run)) | circuit_breaker(run.breaker()), run);
         }},
    });
    auto options = SweepOptions{.breaker_counts_attempts = false};
    sweep_all(
        {{"breaker|retry",
          [](CancelledRun& run) { return through(circuit_breaker(run.breaker()) | retry(policy_of(run)), run); }}},
        options);
}

TEST_CASE("a loop that is cancelled at any point ends there") {
    // `failed` cannot know that the loop is cancelled: no observer, and more attempts than needed.
    auto const patient = [](Duration delay) {
        return RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 10, .delay = delay}};
    };
    sweep_all({{"loop", [&](CancelledRun& run) { return looping(run, patient(1s)); }},
               {"loop without delay", [&](CancelledRun& run) { return looping(run, patient(0s)); }}},
              {.tells_cause = false});
}

TEST_CASE("an operation that reports itself as cancelled is not retried, replaced, counted or reported") {
    std::vector<Composition> const compositions = {
        {"async_retry", [](CancelledRun& run) { return async_retry(policy_of(run), operation_of(run)); }},
        {"limits", [](CancelledRun& run) { return async_retry(policy_of(run, 1s, 1h), operation_of(run)); }},
        {"fallback|retry",
         [](CancelledRun& run) {
             auto const source = [&run] { return run.make_substitute(); };
             return through(fallback(source, everything) | retry(policy_of(run)), run);
         }},
        {"timeout|retry|breaker",
         [](CancelledRun& run) {
             return through(timeout(1h) | retry(policy_of(run)) | circuit_breaker(run.breaker()), run);
         }},
        {"results",
         [](CancelledRun& run) {
             return results_through(retry(policy_of(run)) | circuit_breaker(run.breaker()), run);
         }},
        {"loop", [](CancelledRun& run) { return looping(run, policy_of(run)); }},
    };
    for (auto const& composition : compositions) {
        for (int const call : {1, 2, 3}) {
            CancelledRun run{{.gives_up_at = call, .failures = 5}, composition.work};
            auto const problem = run.problem_of_giving_up();
            INFO(composition.name << ", call " << call);
            CHECK(problem == "");
        }
    }
}
