// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_AMBIENT_EXECUTOR_HPP
#define ZENOO_RPC_ASYNC_DETAIL_AMBIENT_EXECUTOR_HPP

#include <zenoo_rpc/retry/retry_context.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/require.hpp>

#include <atomic>
#include <memory>
#include <type_traits>
#include <utility>

namespace zenoo_rpc::detail {

namespace asio = boost::asio;

/// An executor that carries a context to all coroutines that inherit it, at any depth.
///
/// All copies share the context, which becomes null when the attempt ends.
class AmbientExecutor {
public:
    using Context = std::atomic<RetryContext const*>;

    AmbientExecutor(asio::any_io_executor inner, std::shared_ptr<Context> context) noexcept
        : inner_{std::move(inner)}, context_{std::move(context)} {}

    RetryContext const* context() const noexcept { return *context_; }
    asio::any_io_executor const& inner() const noexcept { return inner_; }

    asio::execution_context& query(asio::execution::context_t) const {
        return asio::query(inner_, asio::execution::context);
    }
    template <class Property>
    auto query(Property const& property) const -> decltype(asio::any_io_executor{}.query(property)) {
        return inner_.query(property);
    }
    template <class Property>
        requires asio::can_require_v<asio::any_io_executor, Property>
    AmbientExecutor require(Property const& property) const {
        return {asio::require(inner_, property), context_};
    }
    template <class Property>
        requires asio::can_prefer_v<asio::any_io_executor, Property>
    AmbientExecutor prefer(Property const& property) const {
        return {asio::prefer(inner_, property), context_};
    }

    template <class Function>
    void execute(Function&& function) const {
        inner_.execute(std::forward<Function>(function));
    }

    friend bool operator==(AmbientExecutor const& left, AmbientExecutor const& right) noexcept {
        return left.inner_ == right.inner_ && left.context_ == right.context_;
    }
    friend bool operator!=(AmbientExecutor const& left, AmbientExecutor const& right) noexcept {
        return !(left == right);
    }

private:
    asio::any_io_executor inner_;
    std::shared_ptr<Context> context_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_AMBIENT_EXECUTOR_HPP
