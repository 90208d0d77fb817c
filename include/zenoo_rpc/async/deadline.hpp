// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DEADLINE_HPP
#define ZENOO_RPC_ASYNC_DEADLINE_HPP

#include <zenoo_rpc/async/inner_executor.hpp>
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/async/time_service.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <exception>
#include <memory>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace zenoo_rpc::detail {

/// What an attempt yields: a T, or something that stands for nothing.
template <class T>
using AttemptValue = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

/// How a limited operation came out. A value that arrived all the same wins
/// over the limit.
template <class T>
struct Attempt {
    std::optional<AttemptValue<T>> value;
    Failure failure;         ///< if there is no value
    bool timed_out = false;  ///< the limit cut it off, whatever it then answered
};

/// Cancels one operation when its time is up, or when its caller is cancelled.
///
/// Shared with the timer and with cancellations that are under way on other
/// threads, it outlives them all.
class Deadline final : public TimeService::Node, public std::enable_shared_from_this<Deadline> {
public:
    explicit Deadline(asio::any_io_executor executor) : executor_{std::move(executor)} {}

    asio::any_io_executor const& executor() const noexcept { return executor_; }
    asio::cancellation_slot slot() noexcept { return signal_.slot(); }
    bool timed_out() const noexcept { return timed_out_; }
    /// Cancelled already, perhaps before the operation could hear of it. Asked on
    /// the executor.
    bool cancelled() const noexcept { return cancelled_; }

    void begin(TimePoint when) {
        if (when == TimePoint::max()) return;
        waiting_ = shared_from_this();
        wait_ = TimeService::of(executor_).add(*this, when, executor_);
    }
    void end() {
        if (wait_ && TimeService::of(executor_).remove(*wait_)) waiting_.reset();
    }

    void cancel(asio::cancellation_type type) {
        asio::dispatch(executor_, [self = shared_from_this(), type] { self->emit(type); });
    }

    void expired() noexcept override {
        auto const self = std::exchange(waiting_, nullptr);
        asio::dispatch(executor_, [self] {
            self->timed_out_ = true;
            self->emit(asio::cancellation_type::terminal);
        });
    }
    void abandoned() noexcept override { auto const self = std::exchange(waiting_, nullptr); }

private:
    void emit(asio::cancellation_type type) {
        cancelled_ = true;
        signal_.emit(type);
    }

    asio::any_io_executor executor_;
    asio::cancellation_signal signal_;
    std::shared_ptr<Deadline> waiting_;  // itself, while the service points to it
    std::optional<TimeService::WaitId> wait_;
    std::atomic<bool> timed_out_ = false;
    bool cancelled_ = false;
};

/// Runs the operation in a coroutine of its own and writes down what came of
/// it.
template <class T, class Op>
asio::awaitable<void> record(Op& operation, RetryContext const& context, Deadline& limit, TimePoint deadline,
                             Attempt<T>& attempt) {
    co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
    if (limit.cancelled()) {
        attempt.failure = Failure{make_error_code(asio::error::operation_aborted)};
        co_return;
    }
    limit.begin(deadline);  // here and not before: its signal must not be sent
                            // while it is being connected
    try {
        if constexpr (std::is_void_v<T>) {
            co_await invoke_operation(operation, context);
            attempt.value.emplace();
        } else {
            T value = co_await invoke_operation(operation, context);
            attempt.failure = failure_in(value);
            if (!attempt.failure) attempt.value.emplace(std::move(value));
        }
    } catch (std::exception const& error) {
        attempt.failure = Failure{std::current_exception(), error};
    } catch (...) {
        attempt.failure = Failure{std::current_exception()};
    }
    co_await asio::this_coro::throw_if_cancelled(false);  // co_spawn would throw where nobody catches
}

/// Runs `operation` until `deadline`, then cancels it, and waits until it is
/// gone.
template <class T, class Op>
asio::awaitable<Attempt<T>> run_until(TimePoint deadline, Op& operation, RetryContext const& context) {
    auto const executor = co_await asio::this_coro::executor;
    auto const outer = co_await asio::this_coro::cancellation_state;
    Attempt<T> attempt;
    if (outer.cancelled() != asio::cancellation_type::none) {
        attempt.failure = Failure{make_error_code(asio::error::operation_aborted)};
        co_return attempt;
    }
    auto const limit = std::make_shared<Deadline>(serial(executor));
    auto body = record<T>(operation, context, *limit, deadline, attempt);
    if (auto slot = outer.slot(); slot.is_connected()) {
        slot.assign([limit](asio::cancellation_type type) { limit->cancel(type); });
    }
    auto token = asio::bind_cancellation_slot(limit->slot(), asio::as_tuple(asio::use_awaitable));
    std::tuple<std::exception_ptr> const ended = co_await asio::co_spawn(limit->executor(), std::move(body), token);
    if (auto slot = outer.slot(); slot.is_connected()) slot.clear();
    limit->end();
    if (std::get<0>(ended)) attempt.failure = Failure{std::get<0>(ended)};
    attempt.timed_out = limit->timed_out();
    co_return attempt;
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DEADLINE_HPP
