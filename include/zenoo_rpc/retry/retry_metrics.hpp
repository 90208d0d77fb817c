// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_RETRY_METRICS_HPP
#define ZENOO_RPC_RETRY_RETRY_METRICS_HPP

#include <zenoo_rpc/core/detail/sharded_counter.hpp>
#include <zenoo_rpc/retry/retry_context.hpp>
#include <zenoo_rpc/retry/retry_event.hpp>

#include <cstddef>
#include <cstdint>
#include <mutex>

namespace zenoo_rpc {

/// Snapshot of a `MetricsRecorder`'s counters, in which no attempt is counted without the retry that led to it. An
/// operation counts from its first attempt; one that a circuit breaker rejects before that does not count.
struct RetryMetrics {
    std::uint64_t operations = 0;
    std::uint64_t total_attempts = 0;  ///< all attempts, including first ones
    std::uint64_t retries = 0;
    std::uint64_t successful_retries = 0;       ///< operations that succeeded after a retry
    std::uint64_t failed_retries = 0;           ///< operations that failed after a retry
    Duration average_delay = Duration::zero();  ///< mean backoff before a retry; zero if there was none
    std::uint64_t circuit_breaker_opens = 0;
    std::uint64_t circuit_breaker_rejections = 0;
};

/// Counts attempts as a layer (`metrics(recorder)`), and all other events as an observer (`on_event`).
///
/// Threads: safe to share.
class MetricsRecorder {
public:
    RetryMetrics snapshot() const {
        auto const further_attempts = attempts_.sum<further>();  // read before the retries that led to them
        std::scoped_lock lock{mutex_};
        auto counted = counted_;
        counted.operations = attempts_.sum<first>();
        counted.total_attempts = counted.operations + further_attempts;
        if (counted.retries > 0) counted.average_delay = slept_ / static_cast<Duration::rep>(counted.retries);
        return counted;
    }

    void attempt_begins(RetryContext const& context) noexcept {
        if (context.attempts_made > 0) return attempts_.count<further>();
        first_attempt_begins();
    }
    void first_attempt_begins() noexcept { attempts_.count<first>(); }

    void call_refused() noexcept {
        std::scoped_lock lock{mutex_};
        ++counted_.circuit_breaker_rejections;
    }

    void on_event(RetryEvent const& event) noexcept {
        std::scoped_lock lock{mutex_};
        switch (event.type) {
            case RetryEventType::retry_attempt:
                ++counted_.retries;
                slept_ = saturating_add(slept_, event.delay);
                break;
            case RetryEventType::retry_success: ++counted_.successful_retries; break;
            case RetryEventType::retry_failed: ++counted_.failed_retries; break;
            case RetryEventType::circuit_breaker_opened: ++counted_.circuit_breaker_opens; break;
            case RetryEventType::circuit_breaker_half_opened:
            case RetryEventType::circuit_breaker_closed: break;
        }
    }

private:
    static constexpr std::size_t first = 0;
    static constexpr std::size_t further = 1;

    detail::ShardedCounter<2> attempts_;  // the only counters that a successful call updates
    mutable std::mutex mutex_;
    RetryMetrics counted_;
    Duration slept_ = Duration::zero();
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_RETRY_METRICS_HPP
