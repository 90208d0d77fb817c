// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_AMBIENT_HPP
#define ZENOO_RPC_ASYNC_AMBIENT_HPP

#include <zenoo_rpc/async/detail/cancellable.hpp>
#include <zenoo_rpc/async/detail/inner_executor.hpp>
#include <zenoo_rpc/async/operation.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <type_traits>
#include <utility>

namespace zenoo_rpc {

namespace detail {

inline RetryContext const* context_of(asio::any_io_executor const& executor) {
    if (auto const* ambient = executor.target<AmbientExecutor>()) return ambient->context();
    auto const inner = under_strand(executor);
    return inner ? context_of(*inner) : nullptr;
}

inline asio::awaitable<RetryContext const*> current_context() {
    co_return context_of(co_await asio::this_coro::executor);
}

template <class T, class Op>
asio::awaitable<T> run_ambient(Op& operation, RetryContext const& context) {
    struct Scope {
        std::shared_ptr<AmbientExecutor::Context> context;
        ~Scope() { *context = nullptr; }
    };
    Scope const scope{std::make_shared<AmbientExecutor::Context>(&context)};
    AmbientExecutor const executor{co_await asio::this_coro::executor, scope.context};
    auto work = cancellable(invoke_operation(operation, context));
    co_return co_await asio::co_spawn(asio::any_io_executor{executor}, std::move(work), asio::use_awaitable);
}

/// See `ambient`.
template <class Op>
class Ambient {
public:
    explicit Ambient(Op operation) : operation_{std::move(operation)} {}

    asio::awaitable<OperationResult<Op>> operator()(RetryContext const& context) {
        return run_ambient<OperationResult<Op>>(operation_, context);
    }

private:
    Op operation_;
};

}  // namespace detail

/// An operation whose coroutines find the context of the attempt by `co_await RetryContext::current()`, at any depth:
/// it travels with their executor. What outlives the attempt finds none. Costs a coroutine per attempt.
template <class Op>
    requires Operation<std::remove_cvref_t<Op>>
auto ambient(Op&& operation) {
    return detail::Ambient<std::remove_cvref_t<Op>>{std::forward<Op>(operation)};
}

inline auto RetryContext::current() { return detail::current_context(); }

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_AMBIENT_HPP
