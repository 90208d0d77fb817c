// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_BULK_RUN_HPP
#define ZENOO_RPC_ASYNC_DETAIL_BULK_RUN_HPP

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/detail/attempt.hpp>
#include <zenoo_rpc/async/detail/bulk_source.hpp>
#include <zenoo_rpc/async/detail/bulk_tally.hpp>
#include <zenoo_rpc/async/detail/caught.hpp>
#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/detail/interruption.hpp>
#include <zenoo_rpc/async/detail/outcome.hpp>
#include <zenoo_rpc/async/detail/serial_executor.hpp>
#include <zenoo_rpc/async/detail/unwrapped.hpp>
#include <zenoo_rpc/retry/retry_event.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <exception>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc::detail {

/// The value of a successful operation in a bulk: the `T` of `awaitable<T>` or `awaitable<result<T, E>>`.
template <BulkRange Range>
using bulk_value_t = unwrapped_t<OperationResult<bulk_operation_t<Range>>>;

/// An operation that counts its calls. Refers to the operation and the counter.
template <class Op>
class CountedCalls {
public:
    CountedCalls(Op& operation, int& calls) noexcept : operation_{&operation}, calls_{&calls} {}

    auto operator()() const
        requires(!sees_context<Op>)
    {
        ++*calls_;
        return (*operation_)();
    }
    auto operator()(RetryContext const& context) const
        requires sees_context<Op>
    {
        ++*calls_;
        return (*operation_)(context);
    }

private:
    Op* operation_;
    int* calls_;
};

/// One bulk: starts the next operation whenever one has ended, each in a coroutine of its own. Runs on an executor that
/// never runs two handlers concurrently; only `cancel` may be called from elsewhere.
template <BulkRange Range>
class BulkRun : public std::enable_shared_from_this<BulkRun<Range>> {
    using Op = bulk_operation_t<Range>;
    using Yield = OperationResult<Op>;
    using Value = bulk_value_t<Range>;

public:
    BulkRun(asio::any_io_executor executor, std::shared_ptr<BulkOptions const> options, Range range)
        : executor_{std::move(executor)}, options_{std::move(options)}, source_{std::move(range)} {}

    asio::any_io_executor const& executor() const noexcept { return executor_; }

    /// Starts the operations, and ends when all of them have ended.
    asio::awaitable<void> work() {
        asio::post(executor_, [self = this->shared_from_this()] {
            bool const is_awaited = self->done_.slot().has_handler();  // else memory ran out below
            if (is_awaited) self->begin_more();
        });
        boost::system::error_code woken;
        auto until_done = asio::bind_cancellation_slot(done_.slot(), asio::redirect_error(asio::use_awaitable, woken));
        co_await async_sleep(executor_, Duration::max(), until_done);
    }

    void cancel(asio::cancellation_type type) {
        asio::dispatch(executor_, [self = this->shared_from_this(), type] { self->stop(type); });
    }

    /// Returns the results after `work`, or in place of it. Reads nothing that a late `cancel` could still change.
    BulkResults<Value> conclude(bool cancelled) {
        bool const all_begun = source_.total() == begun_;
        tally_.never_begun(begun_, std::max(source_.taken(), source_.total().value_or(0)));
        BulkOutcome outcome{cancelled, all_begun && !cut_off_, std::move(range_failure_)};
        return std::move(tally_).conclude(options_->partial_success_threshold, std::move(outcome));
    }

private:
    /// Cancels one operation that is under way. Reused for later ones.
    struct Place {
        asio::cancellation_signal signal;
        Place* next_idle = nullptr;
    };

    void begin_more() {
        try {
            while (!stopped_ && running_ < static_cast<std::size_t>(options_->max_concurrency)) {
                tally_.make_room(running_ + 1);
                auto operation = source_.next();
                if (!operation || stopped_) break;
                begin(std::move(*operation));
            }
        } catch (...) {
            range_failure_ = Failure{std::current_exception()};
            stop(asio::cancellation_type::terminal);
        }
        if (running_ == 0) done_.emit(asio::cancellation_type::terminal);
    }

    void begin(Op operation) {
        if (!idle_) idle_ = &places_.emplace_back();
        auto work = perform(begun_, std::move(operation));
        Place& place = *std::exchange(idle_, idle_->next_idle);
        auto token = asio::bind_cancellation_slot(place.signal.slot(), [this, &place](std::exception_ptr) {
            place.next_idle = std::exchange(idle_, &place);
            ended();
        });
        ++running_;  // first, because the operation begins within the call below
        try {
            asio::co_spawn(executor_, std::move(work), std::move(token));
        } catch (...) {
            --running_;
            throw;
        }
        ++begun_;
    }

    /// Runs one operation with its retries, and records its outcome.
    asio::awaitable<void> perform(std::size_t index, Op operation) {
        co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
        int attempts = 0;
        Failure failure;
        try {
            CountedCalls<Op> const counted{operation, attempts};
            auto work = with_retries(counted);
            if constexpr (std::is_void_v<Yield>) {
                co_await std::move(work);
                tally_.succeeded(index, attempts);
            } else {
                Yield yield = co_await std::move(work);
                failure = failure_in(yield);
                if (!failure) succeeded(index, attempts, std::move(yield));
            }
        } catch (std::exception const& error) {
            take_caught(failure, &error);
        } catch (...) {
            take_caught(failure, nullptr);
        }
        co_await asio::this_coro::throw_if_cancelled(false);  // else co_spawn would throw where nothing catches
        if (!failure) co_return;
        cut_off_ = cut_off_ || stopped_;
        tally_.failed(index, attempts, std::move(failure));
    }

    asio::awaitable<Yield> with_retries(CountedCalls<Op> const& operation) {
        auto const& policy = *options_->policy.get();
        if (!options_->circuit_breaker) return async_retry(policy, operation);
        auto const layers = retry(policy) | circuit_breaker(options_->circuit_breaker);
        return layers(operation);
    }

    void succeeded(std::size_t index, int attempts, auto yield) {
        if constexpr (!is_result<Yield>) {
            tally_.succeeded(index, attempts, std::move(yield));
        } else if constexpr (std::is_void_v<Value>) {
            tally_.succeeded(index, attempts);
        } else {
            tally_.succeeded(index, attempts, std::move(yield).value());
        }
    }

    void ended() {
        --running_;
        if (!stopped_ && options_->on_progress) notify(options_->on_progress, tally_.progress(source_.total()));
        begin_more();
    }

    void stop(asio::cancellation_type type) {
        stopped_ = true;
        for (Place& place : places_) place.signal.emit(type);
    }

    asio::any_io_executor executor_;
    std::shared_ptr<BulkOptions const> options_;
    BulkSource<Range> source_;
    BulkTally<Value> tally_;
    std::deque<Place> places_;
    Place* idle_ = nullptr;
    std::size_t begun_ = 0;
    std::size_t running_ = 0;
    bool stopped_ = false;
    bool cut_off_ = false;  // something failed because it was stopped
    Failure range_failure_;
    asio::cancellation_signal done_;
};

/// Runs a bulk. Cancellation is passed on to all operations that are under way.
template <BulkRange Range>
asio::awaitable<BulkResults<bulk_value_t<Range>>> run_bulk(std::shared_ptr<BulkOptions const> options, Range range) {
    auto const executor = co_await asio::this_coro::executor;
    auto const outer = co_await asio::this_coro::cancellation_state;
    auto const run = std::make_shared<BulkRun<Range>>(serial(executor), std::move(options), std::move(range));
    if (is_cancelled(outer)) co_return run->conclude(true);
    if (auto slot = outer.slot(); slot.is_connected()) {
        slot.assign([weak = std::weak_ptr{run}](asio::cancellation_type type) {
            if (auto const running = weak.lock()) running->cancel(type);
        });
    }
    auto work = run->work();
    auto token = asio::bind_cancellation_slot(asio::cancellation_slot{}, asio::as_tuple(asio::use_awaitable));
    std::tuple<std::exception_ptr> const ended = co_await asio::co_spawn(run->executor(), std::move(work), token);
    if (auto slot = outer.slot(); slot.is_connected()) slot.clear();
    if (std::get<0>(ended)) std::rethrow_exception(std::get<0>(ended));
    co_return run->conclude(is_cancelled(outer));
}

}  // namespace zenoo_rpc::detail
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ASYNC_DETAIL_BULK_RUN_HPP
