// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_AMBIENT_OPERATION_HPP
#define ZENOO_RPC_ASYNC_DETAIL_AMBIENT_OPERATION_HPP

#include <zenoo_rpc/async/detail/ambient_executor.hpp>
#include <zenoo_rpc/async/detail/cancellable.hpp>
#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/operation.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <utility>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc::detail {

inline RetryContext const* context_of(asio::any_io_executor const& executor) {
    if (auto const* ambient = executor.target<AmbientExecutor>()) return ambient->context();
    auto const* strand = executor.target<asio::strand<asio::any_io_executor>>();  // others have no context inside
    return strand ? context_of(strand->get_inner_executor()) : nullptr;
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

/// Operation returned by `ambient`.
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

}  // namespace zenoo_rpc::detail
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ASYNC_DETAIL_AMBIENT_OPERATION_HPP
