// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DECORATE_HPP
#define ZENOO_RPC_ASYNC_DECORATE_HPP

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/pipeline.hpp>

#include <concepts>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace zenoo_rpc {

namespace detail {

/// A function with its arguments: an operation, which passes the same ones each time.
template <class Function, class... Args>
class BoundCall {
public:
    BoundCall(Function function, std::tuple<Args...> args) : function_{std::move(function)}, args_{std::move(args)} {}

    auto operator()()
        requires std::invocable<Function&, Args&...>
    {
        return std::apply(function_, args_);
    }
    auto operator()(RetryContext const& context)
        requires std::invocable<Function&, RetryContext const&, Args&...>
    {
        return std::apply([&](Args&... args) { return function_(context, args...); }, args_);
    }

private:
    Function function_;
    std::tuple<Args...> args_;
};

/// A literal is kept as a string: a coroutine that takes `std::string const&` would refer to a temporary.
template <class T>
using kept_t = std::conditional_t<std::same_as<std::decay_t<T>, char const*>, std::string, std::decay_t<T>>;

template <class Function, class... Args>
using bound_call_t =
    std::conditional_t<Operation<BoundCall<Function, kept_t<Args>...>>, BoundCall<Function, kept_t<Args>...>,
                       BoundCall<Function, std::decay_t<Args>...>>;

}  // namespace detail

/// A function as before, with layers around each call; see `decorate`.
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
                      "g++-12 would destroy twice what this temporary is made of: give the decorated function a name");
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

/// Makes of a function that returns an awaitable one that is called alike and runs through `layers`. A first parameter
/// `RetryContext const&` is filled in.
///
/// Lifetime: each call copies layers, function and arguments; the function gets the same arguments at each attempt. As
/// any coroutine it should take them by value, or by references to what is passed, without conversion.
template <class... Layers, class Function>
Decorated<Function, Layers...> decorate(Pipeline<Layers...> layers, Function function) {
    return {std::move(layers), std::move(function)};
}

/// `decorate(retry(policy), function)`
template <class Policy, class Function>
    requires AnyRetryPolicyType<Policy>
auto with_retry(Policy policy, Function function) {
    return decorate(retry(std::move(policy)), std::move(function));
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_DECORATE_HPP
