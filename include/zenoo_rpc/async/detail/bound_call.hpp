// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_BOUND_CALL_HPP
#define ZENOO_RPC_ASYNC_DETAIL_BOUND_CALL_HPP

#include <zenoo_rpc/async/operation.hpp>

#include <concepts>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace zenoo_rpc::detail {

/// An operation that calls a function with the same arguments each time.
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

/// The stored type of an argument. A literal is stored as a string: a coroutine that takes `std::string const&` would
/// otherwise refer to a temporary.
template <class T>
using kept_t = std::conditional_t<std::same_as<std::decay_t<T>, char const*>, std::string, std::decay_t<T>>;

template <class Function, class... Args>
using bound_call_t =
    std::conditional_t<Operation<BoundCall<Function, kept_t<Args>...>>, BoundCall<Function, kept_t<Args>...>,
                       BoundCall<Function, std::decay_t<Args>...>>;

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_BOUND_CALL_HPP
