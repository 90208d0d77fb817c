// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_CIRCUIT_COUNTERS_HPP
#define ZENOO_RPC_BREAKER_DETAIL_CIRCUIT_COUNTERS_HPP

#include <zenoo_rpc/breaker/circuit_breaker_statistics.hpp>
#include <zenoo_rpc/breaker/detail/call_outcome.hpp>
#include <zenoo_rpc/core/detail/sharded_counter.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace zenoo_rpc::detail {

/// Counters behind a breaker's statistics. Counting a success, an ignored or a stale call takes no lock; all else
/// requires the breaker's lock.
class CircuitCounters {
public:
    void count_success() noexcept { ended_.count<success>(); }
    void count_ignored() noexcept { ended_.count<ignored>(); }
    void count_stale() noexcept { ended_.count<stale>(); }

    void count_failure(CallOutcome outcome) noexcept {
        ++failed_or_slow_.calls;
        failed_or_slow_.failures += is_failed(outcome);
        failed_or_slow_.slow += is_slow(outcome);
    }
    void count_rejection() noexcept { ++rejected_; }
    void count_opening() noexcept { ++openings_; }

    /// Returns the number of successes (not slow ones) since the breaker was created.
    std::uint64_t successes() const noexcept { return ended_.sum<success>(); }
    CallCounts calls() const noexcept {
        return {since_reset<success>() + failed_or_slow_.calls, failed_or_slow_.failures, failed_or_slow_.slow};
    }

    CircuitBreakerStatistics statistics() const noexcept {
        auto const all = calls();
        CircuitBreakerStatistics statistics;
        statistics.calls = all.calls;
        statistics.failures = all.failures;
        statistics.slow_calls = all.slow;
        statistics.ignored = since_reset<ignored>();
        statistics.stale = since_reset<stale>();
        statistics.rejected = rejected_;
        statistics.openings = openings_;
        return statistics;
    }
    void reset() noexcept {
        before_ = {ended_.sum<success>(), ended_.sum<ignored>(), ended_.sum<stale>()};
        failed_or_slow_ = {};
        rejected_ = openings_ = 0;
    }

private:
    static constexpr std::size_t success = 0;
    static constexpr std::size_t ignored = 1;
    static constexpr std::size_t stale = 2;

    template <std::size_t Which>
    std::uint64_t since_reset() const noexcept {
        return ended_.sum<Which>() - std::get<Which>(before_);
    }

    ShardedCounter<3> ended_;
    std::array<std::uint64_t, 3> before_{};  // counts at the last reset
    CallCounts failed_or_slow_;
    std::uint64_t rejected_ = 0;
    std::uint64_t openings_ = 0;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_CIRCUIT_COUNTERS_HPP
