// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ASYNC_SUCCEEDING_AT_HPP
#define ZENOO_RPC_TESTS_ASYNC_SUCCEEDING_AT_HPP

#include <zenoo_rpc/async/time_service.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <boost/asio/awaitable.hpp>

namespace zenoo_rpc::tests {

/// Fails with an `E` until call number `good`, which yields that number.
template <class E = NetworkError>
auto succeeding_at(int good, int& calls) {
    return [good, &calls]() -> asio::awaitable<int> {
        if (++calls < good) throw E{"down"};
        co_return calls;
    };
}
template <class E = NetworkError>
auto succeeding_at(int good) {
    return [good, calls = 0]() mutable -> asio::awaitable<int> {
        if (++calls < good) throw E{"down"};
        co_return calls;
    };
}

inline constexpr int never = 1'000'000;

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ASYNC_SUCCEEDING_AT_HPP
