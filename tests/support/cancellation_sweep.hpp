// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_CANCELLATION_SWEEP_HPP
#define ZENOO_RPC_TESTS_SUPPORT_CANCELLATION_SWEEP_HPP

#include "support/run.hpp"
#include "support/run_stepwise.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/breaker/circuit_breaker.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/retry_metrics.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

namespace zenoo_rpc::tests {

/// The reaction of the operation to its cancellation.
enum class Manner {
    plain,      ///< throws `operation_aborted` at once
    resetting,  ///< throws `operation_aborted` at once, after resetting the cancellation state of its coroutine
    own_error,  ///< throws a `NetworkError` of its own at once
    unknown,    ///< throws `OutcomeUnknownError` at once
    deaf,       ///< ignores it and runs to completion
};
inline constexpr Manner all_manners[] = {Manner::plain, Manner::resetting, Manner::own_error, Manner::unknown,
                                         Manner::deaf};

/// The parameters of one run: the operation, and the cancellation.
struct SweepOptions {
    int gives_up_at = 0;  ///< number of the call that throws `operation_aborted` without a cancellation; 0: none
    int failures = 2;     ///< number of calls that fail before one succeeds
    bool breaker_counts_attempts = true;  ///< the circuit breaker, if any, is inside the retry
    bool behind_a_strand = false;         ///< a signal arrives after handlers that are already queued
    bool tells_cause = true;              ///< a cancelled delay reports the failure that caused it
    asio::cancellation_type type = asio::cancellation_type::terminal;
    Manner manner = Manner::plain;
    int cancel_at = -1;  ///< point of the cancellation; the first is 0, -1: none
};

/// One run of some work, handler by handler in virtual time, that is cancelled at one of its points: before a handler,
/// before time advances, or within the user's code. Afterwards it reports errors.
class CancelledRun {
public:
    using Work = std::function<asio::awaitable<int>(CancelledRun&)>;

    static constexpr int response = 42;
    static constexpr int substitute = 7;
    static constexpr int breaker_threshold = 10;

    CancelledRun(SweepOptions options, Work const& work) : options_{options}, running_{world_.start(work(*this))} {
        run_stepwise(world_, [this] { before_step(); });
        ended_at_ = world_.time.now();
        points_ = point_;
        if (!cancelled_) running_.cancel(options_.type);  // after the end
    }

    /// Returns the number of points; only for a run that was not cancelled.
    int points() const noexcept { return points_; }

    // The parts of the work.
    asio::awaitable<int> operation() { return run_operation(++seen_.calls); }
    asio::awaitable<Result<int>> result_operation() {
        try {
            co_return co_await operation();
        } catch (...) {
            co_return Failure{std::current_exception()};
        }
    }
    int make_substitute() {
        Alive const alive{*this};
        ++seen_.substitutes;
        point();
        has_value_ = true;
        return substitute;
    }
    asio::awaitable<int> await_substitute() {
        ++seen_.substitutes;
        return run_substitute();
    }
    auto observer() {
        return [this](RetryEvent const& event) {
            ++seen_.events;
            if (event.type == RetryEventType::retry_attempt) point();  // the others follow when the outcome is decided
        };
    }
    std::shared_ptr<CircuitBreaker> const& breaker() noexcept {
        uses_breaker_ = true;
        return breaker_;
    }
    std::shared_ptr<MetricsRecorder> const& recorder() const noexcept { return recorder_; }

    /// Returns what is wrong with the run; empty if nothing is. `undisturbed` is a run of the work without
    /// cancellation.
    std::string problem(CancelledRun& undisturbed) {
        if (!running_.ended()) return "no result";
        if (alive_ != 0) return "the operation was not destroyed";
        if (!world_.idle()) return "something is still waiting";
        if (auto wrong = wrong_result(undisturbed); !wrong.empty()) return wrong;
        if (!breaker_is_right()) return "the circuit breaker has wrong counters";
        return {};
    }

    /// Returns what is wrong with a run in which the operation cancelled itself; empty if nothing is.
    std::string problem_of_giving_up() {
        if (!running_.ended() || alive_ != 0 || !world_.idle()) return "not completed";
        if (seen_.calls != options_.gives_up_at) return "the operation was called again";
        if (seen_.substitutes != 0) return "the fallback was called";
        if (seen_.events != options_.gives_up_at - 1) return "reported as an event";
        if (!running_.outcome().failure.cancelled()) return "the cancellation is lost";
        cancelled_ = true;
        return breaker_is_right() ? "" : "the circuit breaker has wrong counters";
    }

private:
    struct Alive {
        explicit Alive(CancelledRun& r) : run{r} { ++run.alive_; }
        Alive(Alive const&) = delete;
        Alive& operator=(Alive const&) = delete;
        ~Alive() {
            --run.alive_;
            run.last_alive_ = run.world_.time.now();
        }
        CancelledRun& run;
    };
    struct Seen {
        int calls = 0;
        int substitutes = 0;
        int events = 0;
        friend bool operator==(Seen const&, Seen const&) = default;
    };

    void point() {
        if (point_++ != options_.cancel_at || running_.ended()) return;
        cancelled_ = true;
        cancelled_at_ = world_.time.now();
        look();
        running_.cancel(options_.type);
    }

    void look() {
        seen_at_cancellation_ = seen_;
        recorded_at_cancellation_ = recorded();
    }

    void before_step() {
        if (std::exchange(just_cancelled_, false) && options_.behind_a_strand) look();
        if (running_.ended()) return;
        bool const cancelled_before = cancelled_;
        point();
        just_cancelled_ = cancelled_ && !cancelled_before;
    }

    asio::awaitable<int> run_operation(int call) {
        Alive const alive{*this};
        failed_last_ = false;
        if (options_.manner == Manner::deaf) co_await asio::this_coro::throw_if_cancelled(false);
        if (options_.manner == Manner::resetting) {
            co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
        }
        point();
        try {
            co_await asio::post(asio::use_awaitable);
            point();
            co_await sleep(std::chrono::seconds{1});
        } catch (boost::system::system_error const& error) {
            if (options_.manner == Manner::unknown) {
                ended_unknown_ = true;
                std::throw_with_nested(OutcomeUnknownError{"cancelled while in progress"});
            }
            aborted_plainly_ = cancelled_ && options_.manner != Manner::own_error;
            if (options_.manner != Manner::own_error) throw;
            ++failures_;
            failed_last_ = true;
            throw NetworkError{"interrupted"};
        }
        point();
        if (call == options_.gives_up_at) throw boost::system::system_error{asio::error::operation_aborted};
        if (call <= options_.failures) {
            ++failures_;
            failed_last_ = true;
            throw NetworkError{"down"};
        }
        has_value_ = true;
        co_return response;
    }

    asio::awaitable<int> run_substitute() {
        Alive const alive{*this};
        co_await asio::post(asio::use_awaitable);
        point();
        co_await async_sleep(std::chrono::seconds{1});
        has_value_ = true;
        co_return substitute;
    }

    asio::awaitable<void> sleep(Duration duration) {
        if (options_.manner != Manner::deaf) co_return co_await async_sleep(duration);
        boost::system::error_code ignored;
        co_await async_sleep(co_await asio::this_coro::executor, duration,
                             asio::redirect_error(asio::use_awaitable, ignored));
    }

    std::string wrong_result(CancelledRun& undisturbed) {
        auto const& value = running_.outcome().value;
        auto const& failure = running_.outcome().failure;
        if (!cancelled_) {  // the cancellation came after the end
            auto const& before = undisturbed.running_.outcome();
            bool const same = value == before.value && failure.code() == before.failure.code();
            return same && seen_ == undisturbed.seen_ ? "" : "a cancellation after the end changed something";
        }
        if (seen_.calls != seen_at_cancellation_.calls) return "the operation was called again";
        if (seen_.substitutes != seen_at_cancellation_.substitutes) return "the fallback was called";
        if (ended_at_ != std::max(cancelled_at_, last_alive_)) return "did not complete at once";
        if (options_.manner != Manner::deaf && ended_at_ != cancelled_at_) return "did not complete at once";
        if (value) return has_value_ ? "" : "unexpected value";
        if (has_value_) return "the value is lost";
        if (seen_.events != seen_at_cancellation_.events) return "an event after the cancellation";
        if (recorded() != recorded_at_cancellation_) return "counted in the metrics";
        if (ended_unknown_) return is_thrown_as<OutcomeUnknownError>(failure) ? "" : "the unknown outcome is lost";
        bool const timed_out = failure.caused_by<TimeoutError>();
        if (aborted_plainly_ && !timed_out && is_thrown_as<ZenooError>(failure)) return "the error was changed";
        if (options_.tells_cause && failed_last_ && seen_.substitutes == 0 && !failure.caused_by<NetworkError>())
            return "the cause is lost";
        return failure.cancelled() && failure.code() == asio::error::operation_aborted ? "" : failure.what();
    }

    template <class E>
    static bool is_thrown_as(Failure const& failure) {
        try {
            failure.raise();
        } catch (E const&) {
            return true;
        } catch (...) {
            return false;
        }
    }

    using Recorded = std::tuple<std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t>;
    Recorded recorded() const {
        auto const now = recorder_->snapshot();
        return {now.retries, now.successful_retries, now.failed_retries, now.total_attempts};
    }

    /// Counts how many more failures open the circuit. The destructor of the circuit asserts that no permit was lost.
    bool breaker_is_right() {
        if (!cancelled_ || !uses_breaker_) return true;
        int failures_left = 0;
        for (; breaker_->is_closed(); ++failures_left) {
            auto permit = breaker_->try_acquire(*world_time());
            if (!permit) return false;
            permit->settle(Failure{Errc::network_error});
        }
        bool const none = has_value_ || !options_.breaker_counts_attempts;
        return failures_left == breaker_threshold - (none ? 0 : failures_);
    }
    std::shared_ptr<TimeSource const> world_time() { return asio::use_service<TimeService>(world_.io).clock(); }

    SweepOptions options_;
    std::shared_ptr<CircuitBreaker> breaker_ = std::make_shared<CircuitBreaker>(
        CircuitBreakerOptions{.failure_threshold = breaker_threshold, .expected = [](Failure const&) { return true; }});
    std::shared_ptr<MetricsRecorder> recorder_ = std::make_shared<MetricsRecorder>();
    int point_ = 0;
    int points_ = 0;
    bool just_cancelled_ = false;  // before the step just executed
    bool cancelled_ = false;
    TimePoint cancelled_at_;
    TimePoint ended_at_;
    TimePoint last_alive_;
    Seen seen_;
    Seen seen_at_cancellation_;
    Recorded recorded_at_cancellation_;
    int alive_ = 0;
    int failures_ = 0;
    bool has_value_ = false;
    bool ended_unknown_ = false;
    bool aborted_plainly_ = false;  // with operation_aborted
    bool failed_last_ = false;      // the last call failed with an error of its own
    bool uses_breaker_ = false;
    World world_;  // last: pending work refers to the other members
    Running<int> running_;
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_CANCELLATION_SWEEP_HPP
