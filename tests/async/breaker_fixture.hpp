// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ASYNC_BREAKER_FIXTURE_HPP
#define ZENOO_RPC_TESTS_ASYNC_BREAKER_FIXTURE_HPP

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/time_service.hpp>
#include <zenoo_rpc/breaker/circuit_breaker.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>
#include <utility>

namespace zenoo_rpc::tests {

inline std::shared_ptr<CircuitBreaker> make_breaker(CircuitBreakerOptions options = {}, char const* name = "odoo") {
    return std::make_shared<CircuitBreaker>(std::move(options), name);
}

inline auto failing(int& calls) {
    return [&calls]() -> asio::awaitable<int> {
        ++calls;
        throw NetworkError{"down"};
        co_return 0;
    };
}

inline auto working(int& calls) {
    return [&calls]() -> asio::awaitable<int> { co_return ++calls; };
}

inline asio::awaitable<void> failing_call() {
    throw NetworkError{"down"};
    co_return;
}
inline asio::awaitable<void> working_call() { co_return; }
inline asio::awaitable<void> slow_call() { co_await async_sleep(std::chrono::seconds{10}); }

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ASYNC_BREAKER_FIXTURE_HPP
