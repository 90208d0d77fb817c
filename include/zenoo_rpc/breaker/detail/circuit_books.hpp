// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_CIRCUIT_BOOKS_HPP
#define ZENOO_RPC_BREAKER_DETAIL_CIRCUIT_BOOKS_HPP

#include <zenoo_rpc/breaker/circuit_breaker_statistics.hpp>
#include <zenoo_rpc/breaker/detail/call_verdict.hpp>
#include <zenoo_rpc/core/detail/sharded_counter.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace zenoo_rpc::detail {

/// The figures behind a breaker's statistics. Counting a good, ignored or stale call takes no lock; the rest is for the
/// holder of the breaker's.
class CircuitBooks {
public:
    void count_good() noexcept { ended_.count<good_calls>(); }
    void count_ignored() noexcept { ended_.count<ignored>(); }
    void count_stale() noexcept { ended_.count<stale>(); }

    void count_bad(CallVerdict verdict) noexcept {
        ++bad_.calls;
        bad_.failures += is_failed(verdict);
        bad_.slow += is_slow(verdict);
    }
    void count_rejection() noexcept { ++rejected_; }
    void count_opening() noexcept { ++openings_; }

    /// Since the breaker was made.
    std::uint64_t good() const noexcept { return ended_.sum<good_calls>(); }
    CallCounts calls() const noexcept { return {since_reset<good_calls>() + bad_.calls, bad_.failures, bad_.slow}; }

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
        before_ = {ended_.sum<good_calls>(), ended_.sum<ignored>(), ended_.sum<stale>()};
        bad_ = {};
        rejected_ = openings_ = 0;
    }

private:
    static constexpr std::size_t good_calls = 0;
    static constexpr std::size_t ignored = 1;
    static constexpr std::size_t stale = 2;

    template <std::size_t Which>
    std::uint64_t since_reset() const noexcept {
        return ended_.sum<Which>() - std::get<Which>(before_);
    }

    ShardedCounter<3> ended_;
    std::array<std::uint64_t, 3> before_{};  // the last reset
    CallCounts bad_;
    std::uint64_t rejected_ = 0;
    std::uint64_t openings_ = 0;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_CIRCUIT_BOOKS_HPP
