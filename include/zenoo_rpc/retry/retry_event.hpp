// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_RETRY_EVENT_HPP
#define ZENOO_RPC_RETRY_RETRY_EVENT_HPP

#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/retry/detail/notify.hpp>

#include <concepts>
#include <functional>
#include <string_view>
#include <tuple>
#include <utility>

namespace zenoo_rpc {

/// Kinds of events that observers receive.
enum class RetryEventType {
    retry_attempt,                ///< an attempt failed and another will follow after `delay`
    retry_success,                ///< the operation succeeded after at least one retry
    retry_failed,                 ///< the operation failed for good after at least one retry
    circuit_breaker_opened,       ///< the circuit breaker rejects calls from now on
    circuit_breaker_half_opened,  ///< the circuit breaker lets a trial call in
    circuit_breaker_closed,       ///< the circuit breaker lets calls pass again
};

constexpr char const* to_string(RetryEventType type) noexcept {
    switch (type) {
        case RetryEventType::retry_attempt: return "retry_attempt";
        case RetryEventType::retry_success: return "retry_success";
        case RetryEventType::retry_failed: return "retry_failed";
        case RetryEventType::circuit_breaker_opened: return "circuit_breaker_opened";
        case RetryEventType::circuit_breaker_half_opened: return "circuit_breaker_half_opened";
        case RetryEventType::circuit_breaker_closed: return "circuit_breaker_closed";
    }
    return "?";
}

/// An event of a retry or a circuit breaker. Valid only during the callback, because it refers to temporary objects.
struct RetryEvent {
    RetryEventType type;
    std::string_view operation;  ///< the operation's name in the policy, or the name of the circuit breaker
    int attempt;                 ///< number of the attempt that failed, or of attempts made; 0 for a circuit breaker
    Duration delay;              ///< backoff before the next attempt, or time until a circuit breaker lets a trial in
    Failure const& failure;      ///< empty if the event reports a success
};

/// A function that receives events. May be called from any thread that runs an operation.
template <class O>
concept RetryObserver = std::invocable<O&, RetryEvent const&> && std::copy_constructible<O>;

/// Ignores all events.
struct NoObserver {
    void operator()(RetryEvent const&) const noexcept {}
};

/// Type-erased observer; an empty one ignores all events.
class AnyObserver {
public:
    AnyObserver() = default;
    AnyObserver(NoObserver) {}
    template <class O>
        requires(!std::same_as<O, AnyObserver> && !std::same_as<O, NoObserver> && RetryObserver<O>)
    AnyObserver(O observer) : observer_{std::move(observer)} {}

    void operator()(RetryEvent const& event) const {
        if (observer_) observer_(event);
    }

private:
    std::function<void(RetryEvent const&)> observer_;
};

/// Combines several observers: each receives every event, in this order, even if an earlier one throws.
template <RetryObserver... O>
auto observers(O... each) {
    return [all = std::make_tuple(std::move(each)...)](RetryEvent const& event) mutable {
        std::apply([&](auto&... one) { (detail::notify(one, event), ...); }, all);
    };
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_RETRY_EVENT_HPP
