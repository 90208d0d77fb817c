// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_FIBONACCI_BACKOFF_HPP
#define ZENOO_RPC_RETRY_FIBONACCI_BACKOFF_HPP

#include <zenoo_rpc/retry/jitter.hpp>
#include <zenoo_rpc/retry/retry_strategy.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace zenoo_rpc {

/// Waits `base_delay` times 1, 1, 2, 3, 5, ..., jittered, at most `max_delay`.
template <Jitter J = FullJitter<>>
struct FibonacciBackoffStrategy {
    int max_attempts = 3;  ///< maximum number of attempts, including the first
    Duration base_delay = std::chrono::seconds{1};
    Duration max_delay = std::chrono::seconds{60};
    [[no_unique_address]] J jitter = {};

    Duration get_delay(int attempt) {
        if (attempt < 1 || base_delay <= Duration::zero()) return Duration::zero();
        Duration before = Duration::zero();
        Duration delay = base_delay;
        for (int i = 1; i < attempt && delay < max_delay; ++i) {
            before = std::exchange(delay, saturating_add(before, delay));
        }
        return detail::capped(jitter(std::min(delay, max_delay)), max_delay);
    }
    bool should_retry(int attempt, Failure const&) const noexcept { return attempt < max_attempts; }
    std::optional<Duration> next_delay(RetryContext const& context) { return detail::next_delay_of(*this, context); }

    void check() const {
        detail::check_at_once([this](auto ask) {
            return ask(detail::AtLeastOne{"FibonacciBackoffStrategy::max_attempts", max_attempts},
                       detail::NotNegative{"FibonacciBackoffStrategy::base_delay", base_delay},
                       detail::NotNegative{"FibonacciBackoffStrategy::max_delay", max_delay});
        });
        detail::check(jitter);
    }
};

template <Jitter J = FullJitter<>>
using FibonacciBackoff = FibonacciBackoffStrategy<J>;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_FIBONACCI_BACKOFF_HPP
