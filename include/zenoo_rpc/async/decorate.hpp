// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DECORATE_HPP
#define ZENOO_RPC_ASYNC_DECORATE_HPP

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/detail/bound_call.hpp>
#include <zenoo_rpc/async/pipeline.hpp>
#include <zenoo_rpc/async/take.hpp>

#include <tuple>
#include <type_traits>
#include <utility>

namespace zenoo_rpc {

/// A function with layers around each call; see `decorate`.
template <class Function, class... Layers>
class Decorated {
public:
    Decorated(Pipeline<Layers...> layers, Function function)
        : layers_{std::move(layers)}, function_{std::move(function)} {}

    template <class... Args>
        requires Operation<detail::bound_call_t<Function, Args...>>
    auto operator()(Args&&... args) const& {
        return run(std::forward<Args>(args)...);
    }
    template <class... Args>
        requires Operation<detail::bound_call_t<Function, Args...>>
    auto operator()(Args&&... args) && {
        static_assert(detail::destroyed_once<Function> && detail::destroyed_once<std::tuple<Layers...>>,
                      "g++-12 would destroy members of this temporary twice: give the decorated function a name");
        return run(std::forward<Args>(args)...);
    }

private:
    template <class... Args>
    auto run(Args&&... args) const {
        static_assert(((detail::destroyed_once<Args> || !std::is_aggregate_v<std::remove_cvref_t<Args>>) && ...),
                      "g++-12 would destroy this temporary argument twice: give it a name first");
        return layers_(take(detail::bound_call_t<Function, Args...>{function_, {std::forward<Args>(args)...}}));
    }

    Pipeline<Layers...> layers_;
    Function function_;
};

/// Wraps a function that returns an awaitable: the result takes the same arguments and runs each call through `layers`.
/// If the function's first parameter is a `RetryContext const&`, it is supplied for each attempt.
///
/// Lifetime: each call copies layers, function and arguments; every attempt gets the same arguments. Like any
/// coroutine, the function should take them by value, or by reference to exactly the type that is passed.
template <class... Layers, class Function>
Decorated<Function, Layers...> decorate(Pipeline<Layers...> layers, Function function) {
    return {std::move(layers), std::move(function)};
}

/// Wraps a function that returns an awaitable with retries: `decorate(retry(policy), function)`.
template <class Policy, class Function>
    requires AnyRetryPolicyType<Policy>
auto with_retry(Policy policy, Function function) {
    return decorate(retry(std::move(policy)), std::move(function));
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_DECORATE_HPP
