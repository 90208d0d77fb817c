// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CACHE_CACHED_HPP
#define ZENOO_RPC_CACHE_CACHED_HPP

#include <zenoo_rpc/async/detail/behind_gates.hpp>
#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/detail/interruption.hpp>
#include <zenoo_rpc/async/detail/outcome.hpp>
#include <zenoo_rpc/async/detail/single_flight.hpp>
#include <zenoo_rpc/async/detail/unwrapped.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/async/pipeline.hpp>
#include <zenoo_rpc/cache/detail/cache_core.hpp>
#include <zenoo_rpc/core/detail/failure_access.hpp>
#include <zenoo_rpc/retry/retry_errors.hpp>

#include <boost/asio/this_coro.hpp>

#include <concepts>
#include <exception>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc {

namespace detail {

template <class T>
CachedValue shared_value(T yielded) {
    if constexpr (is_result<T>) {
        return std::make_shared<unwrapped_t<T> const>(std::move(yielded).value());
    } else {
        return std::make_shared<T const>(std::move(yielded));
    }
}

/// Returns true for a failure that says that the cached data is gone or must not be seen by this caller.
inline bool refutes(Failure const& failure) {
    constexpr auto classes = ErrorClass::missing | ErrorClass::access | ErrorClass::authentication;
    return FailureAccess::has_class(failure, classes);
}

/// Returns true for a failure that concerns only this caller: it was cancelled, or its own deadline has passed.
inline bool is_callers_own(Failure const& failure, RetryContext const& context) {
    return failure.cancelled() || (context.deadline != TimePoint::max() && failure.is<RetryTimeoutError>());
}

/// Loads a value, and hands it or the failure to the callers that wait for it. Throws nothing.
template <class T, class Op>
asio::awaitable<CacheOutcome> load_cached(CacheCore& core, CacheFlight& flight, CacheNameView name, CacheTimes times,
                                          Op& operation, RetryContext const& context) {
    CacheOutcome outcome;
    try {
        T yielded = co_await invoke_operation(operation, context);
        outcome.failure = failure_in(yielded);
        if (!outcome.failure) {
            outcome.value = shared_value(std::move(yielded));
            core.succeeded(flight, name, outcome.value, times);
        }
    } catch (...) {
        outcome.failure = Failure{std::current_exception()};
    }
    if (!outcome.failure) co_return outcome;
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    if (is_cancelled(cancellation)) co_return outcome;
    bool const may_be_stale = !outcome.failure.cancelled() && GaveUp{}(outcome.failure);
    if (is_callers_own(outcome.failure, context)) {
        if (may_be_stale) outcome.value = core.expired_for_one(name);
        co_return outcome;
    }
    bool const refuted = refutes(outcome.failure);
    co_return core.failed(flight, name, std::move(outcome.failure), may_be_stale, refuted);
}

template <class T, class Op>
asio::awaitable<T> through_cache(std::shared_ptr<CacheCore> core, std::shared_ptr<std::string const> key,
                                 CacheTimes times, Op operation, RetryContext const& context) {
    CacheNameView const name{*key, typeid(unwrapped_t<T>)};
    CacheOutcome outcome{.value = core->find_fresh(name)};
    if (!outcome.value) {
        auto join = [&] { return core->join(name); };
        auto load = [&](CacheFlight& flight) { return load_cached<T>(*core, flight, name, times, operation, context); };
        auto forget = [&](CacheFlight& flight) noexcept { core->forget(flight, name); };
        try {
            outcome = co_await share_flight<CacheOutcome>(join, load, forget);
            if (outcome.is_shared) core->count_shared(outcome);
        } catch (...) {
            outcome.failure = Failure{std::current_exception()};
        }
    }
    if (!outcome.value) {
        auto const cancellation = co_await asio::this_coro::cancellation_state;
        bool const cancelled = is_cancelled(cancellation);
        co_return deliver<T>(cancelled ? cancelled_with(outcome.failure) : std::move(outcome.failure));
    }
    co_return T(*static_cast<unwrapped_t<T> const*>(outcome.value.get()));
}

}  // namespace detail

/// Layer that returns the cached value instead of calling, and shares one call; see `CacheManager::cached`.
class CachedLayer {
public:
    CachedLayer(std::shared_ptr<detail::CacheCore> core, std::string key, CacheTimes times)
        : core_{std::move(core)},
          key_{std::make_shared<std::string const>(std::move(key))},
          times_{detail::checked_times(times)} {}

    template <class T, class Gates, class Op>
    auto run(Gates gates, Op operation, RetryContext const& context) const {
        static_assert(!std::is_void_v<detail::unwrapped_t<T>>,
                      "cached: the operation returns void, so there is no value to cache");
        static_assert(std::copy_constructible<detail::unwrapped_t<T>>,
                      "cached: each caller gets a copy, but the value is not copyable: return a std::shared_ptr of it");
        auto inner = detail::behind_gates(std::move(gates), std::move(operation));
        return detail::through_cache<T>(core_, key_, times_, std::move(inner), context);
    }

private:
    std::shared_ptr<detail::CacheCore> core_;
    std::shared_ptr<std::string const> key_;  // shared by the calls
    CacheTimes times_;
};

}  // namespace zenoo_rpc
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_CACHE_CACHED_HPP
