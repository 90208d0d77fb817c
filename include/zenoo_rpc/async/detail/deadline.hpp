// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_DEADLINE_HPP
#define ZENOO_RPC_ASYNC_DETAIL_DEADLINE_HPP

#include <zenoo_rpc/async/detail/caught.hpp>
#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/detail/interruption.hpp>
#include <zenoo_rpc/async/detail/outcome.hpp>
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/async/time_service.hpp>
#include <zenoo_rpc/core/detail/config.hpp>

#include <boost/asio/associated_allocator.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <atomic>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc::detail {

/// The value of an attempt: a T, or a placeholder for void.
template <class T>
using AttemptValue = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

/// Outcome of a limited operation. A value that arrived nevertheless takes precedence over the limit.
template <class T>
struct Attempt {
    std::optional<AttemptValue<T>> value;
    Failure failure;         ///< if there is no value
    bool timed_out = false;  ///< the limit ended it, whatever its outcome then was
};

/// Cancels one operation when its time is up, or when its caller is cancelled.
///
/// Shared with the timer and with cancellations that are under way on other threads, so that it outlives them.
class Deadline final : public WaitNode, public std::enable_shared_from_this<Deadline> {
public:
    Deadline(asio::any_io_executor executor, TimeService& time) : executor_{std::move(executor)}, time_{time} {}

    asio::any_io_executor const& executor() const noexcept { return executor_; }
    TimeService const& time() const noexcept { return time_; }
    asio::cancellation_slot slot() noexcept { return signal_.slot(); }
    bool timed_out() const noexcept { return timed_out_; }
    /// Returns true if it is already cancelled, perhaps before the operation could notice. Called on the executor.
    bool cancelled() const noexcept { return cancelled_; }

    ZENOO_RPC_DECL void begin(TimePoint when);
    ZENOO_RPC_DECL void end();
    ZENOO_RPC_DECL void cancel(asio::cancellation_type type);

    ZENOO_RPC_DECL void expired() noexcept override;
    ZENOO_RPC_DECL void abandoned() noexcept override;

private:
    void emit(asio::cancellation_type type) {
        cancelled_ = true;
        signal_.emit(type);
    }

    asio::any_io_executor executor_;
    TimeService& time_;
    asio::cancellation_signal signal_;
    std::shared_ptr<Deadline> waiting_;  // itself, while the service points to it
    std::optional<WaitId> wait_;
    std::atomic<bool> timed_out_ = false;
    bool cancelled_ = false;
};

/// Runs the operation in a coroutine of its own and records its outcome.
template <class T, class Op>
[[gnu::cold]] asio::awaitable<void> record(Op& operation, RetryContext const& context, Deadline& limit,
                                           TimePoint deadline, Attempt<T>& attempt) {
    co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
    if (limit.cancelled()) {
        attempt.failure = Failure{make_error_code(asio::error::operation_aborted)};
        co_return;
    }
    limit.begin(deadline);  // not earlier: its signal must not be emitted while it is being connected
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
        take_caught(attempt.failure, &error);
    } catch (...) {
        take_caught(attempt.failure, nullptr);
    }
    co_await asio::this_coro::throw_if_cancelled(false);  // else co_spawn would throw where nothing catches
}

/// The part of a limited run that does not depend on the type of its value.
class LimitedCall {
public:
    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL LimitedCall(asio::any_io_executor const& executor,
                                                            asio::cancellation_state const& outer);
    LimitedCall(LimitedCall const&) = delete;
    LimitedCall& operator=(LimitedCall const&) = delete;

    /// Returns the time at which `limit`, counted from now, ends.
    TimePoint after(Duration limit) const { return saturating_add(limit_->time().now(), limit); }

protected:
    ~LimitedCall() = default;

    /// Completes with the coroutine's exception and then resumes the caller.
    template <class Handler>
    struct Ended {
        using cancellation_slot_type = asio::cancellation_slot;
        using executor_type = asio::associated_executor_t<Handler>;
        using allocator_type = asio::associated_allocator_t<Handler>;

        cancellation_slot_type get_cancellation_slot() const noexcept { return call->limit_->slot(); }
        executor_type get_executor() const noexcept { return asio::get_associated_executor(handler); }
        allocator_type get_allocator() const noexcept { return asio::get_associated_allocator(handler); }
        void operator()(std::exception_ptr thrown) {
            call->thrown_ = std::move(thrown);
            std::move(handler)();
        }

        Handler handler;
        LimitedCall* call;
    };
    struct Start {
        template <class Handler>
        void operator()(Handler handler, LimitedCall* call, asio::awaitable<void> body) const {
            asio::co_spawn(call->limit_->executor(), std::move(body), Ended<Handler>{std::move(handler), call});
        }
    };
    /// Runs a coroutine that the deadline's signal cancels. Completes without arguments, as a sleep does, because each
    /// signature that a coroutine awaits costs compile time.
    class Running {
    public:
        Running(LimitedCall& call, asio::awaitable<void> body) : call_{&call}, body_{std::move(body)} {}

        template <asio::completion_token_for<void()> Token>
        auto operator()(Token&& token) {
            return asio::async_initiate<Token, void()>(Start{}, token, call_, std::move(body_));
        }

    private:
        LimitedCall* call_;
        asio::awaitable<void> body_;
    };

    Deadline& limit() noexcept { return *limit_; }
    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL Running run(asio::awaitable<void> body);
    /// Ends the run: returns the exception that its coroutine threw, if any.
    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL std::exception_ptr end_run();

private:
    std::shared_ptr<Deadline> limit_;
    asio::cancellation_slot outer_;
    std::exception_ptr thrown_;
};

/// One run of an operation until a deadline. Lives in the frame of the coroutine that makes it, which awaits the result
/// of `begin` and then calls `end`, and must not be cancelled yet.
template <class T>
class LimitedRun : public LimitedCall {
public:
    using LimitedCall::LimitedCall;

    template <class Op>
    auto begin(TimePoint deadline, Op& operation, RetryContext const& context) {
        return run(record<T>(operation, context, limit(), deadline, attempt_));
    }

    Attempt<T>& end() {
        if (auto const thrown = end_run()) attempt_.failure = Failure{thrown};
        attempt_.timed_out = limit().timed_out();
        return attempt_;
    }

private:
    Attempt<T> attempt_;
};

}  // namespace zenoo_rpc::detail
ZENOO_RPC_COROUTINES_END

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/async/detail/impl/deadline.ipp>
#endif

#endif  // ZENOO_RPC_ASYNC_DETAIL_DEADLINE_HPP
