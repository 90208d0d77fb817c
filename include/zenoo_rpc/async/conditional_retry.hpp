// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_CONDITIONAL_RETRY_HPP
#define ZENOO_RPC_ASYNC_CONDITIONAL_RETRY_HPP

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/decorate.hpp>
#include <zenoo_rpc/retry/retry_options.hpp>

#include <chrono>
#include <concepts>
#include <type_traits>
#include <utility>

namespace zenoo_rpc {

/// A layer that retries what its condition, `bool(Failure const&, int attempt)`, says yes to.
template <class Condition>
    requires std::predicate<Condition const&, Failure const&, int> && std::copy_constructible<Condition>
struct ConditionalRetry {
    Condition condition;
    int max_attempts = 3;  ///< the first call included
    Duration base_delay = std::chrono::seconds{1};
    Duration max_delay = std::chrono::seconds{60};
    double multiplier = 2.0;
    Duration total_timeout = unlimited;

    auto pipeline() const {
        RetryOptions const options{max_attempts, base_delay, max_delay, multiplier, total_timeout};
        return retry(detail::policy_of(options, condition));
    }

    template <class Op>
        requires Operation<detail::owned_t<Op>>
    auto operator()(Op&& operation) const& {
        return run(std::forward<Op>(operation));
    }
    template <class Op>
        requires Operation<detail::owned_t<Op>>
    auto operator()(Op&& operation) && {
        static_assert(detail::destroyed_once<ConditionalRetry>,
                      "g++-12 would destroy this temporary layer twice: give it a name first");
        return run(std::forward<Op>(operation));
    }

private:
    template <class Op>
    auto run(Op&& operation) const {
        auto const layer = pipeline();
        return layer(std::forward<Op>(operation));
    }
};

/// It composes as any layer does.
template <class Condition, class... Inner>
auto operator|(ConditionalRetry<Condition> const& outer, Pipeline<Inner...> inner) {
    return outer.pipeline() | std::move(inner);
}
template <class... Outer, class Condition>
auto operator|(Pipeline<Outer...> outer, ConditionalRetry<Condition> const& inner) {
    return std::move(outer) | inner.pipeline();
}
template <class Outer, class Inner>
auto operator|(ConditionalRetry<Outer> const& outer, ConditionalRetry<Inner> const& inner) {
    return outer.pipeline() | inner.pipeline();
}
template <class Condition, class Function>
auto decorate(ConditionalRetry<Condition> const& layer, Function function) {
    return decorate(layer.pipeline(), std::move(function));
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_CONDITIONAL_RETRY_HPP
