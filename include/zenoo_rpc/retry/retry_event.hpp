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

enum class RetryEventType {
    retry_attempt,                ///< an attempt failed and another will follow after `delay`
    retry_success,                ///< the operation succeeded after at least one retry
    retry_failed,                 ///< the operation was given up after at least one retry
    circuit_breaker_opened,       ///< calls are refused from now on
    circuit_breaker_half_opened,  ///< a trial call is let in
    circuit_breaker_closed,       ///< calls pass again
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

/// What observers are told. It refers to things that are gone when the callback has returned.
struct RetryEvent {
    RetryEventType type;
    std::string_view operation;  ///< the policy's name for it, or the breaker's name
    int attempt;                 ///< the one that failed, or all that were made; 0 for a circuit
    Duration delay;              ///< what will be slept, or until the circuit lets a trial in
    Failure const& failure;      ///< empty for good news
};

/// Is told what happens. May be called from any thread that runs an operation.
template <class O>
concept RetryObserver = std::invocable<O&, RetryEvent const&> && std::copy_constructible<O>;

struct NoObserver {
    void operator()(RetryEvent const&) const noexcept {}
};

/// Any observer, its type forgotten; none if empty.
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

/// One observer of many: each is told, in this order, even if one before it throws.
template <RetryObserver... O>
auto observers(O... each) {
    return [all = std::make_tuple(std::move(each)...)](RetryEvent const& event) mutable {
        std::apply([&](auto&... one) { (detail::notify(one, event), ...); }, all);
    };
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_RETRY_EVENT_HPP
