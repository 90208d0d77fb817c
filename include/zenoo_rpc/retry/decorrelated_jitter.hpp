// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_DECORRELATED_JITTER_HPP
#define ZENOO_RPC_RETRY_DECORRELATED_JITTER_HPP

#include <zenoo_rpc/retry/jitter.hpp>
#include <zenoo_rpc/retry/retry_strategy.hpp>

#include <algorithm>
#include <chrono>

namespace zenoo_rpc {

/// Waits `base_delay` first, then a random time between `base_delay` and three times the previous delay, at most
/// `max_delay`.
///
/// AWS Architecture Blog, "Exponential Backoff And Jitter": sleep = min(cap, random_between(base, sleep * 3)).
template <UnitRandom Random = ThreadRandom>
struct DecorrelatedJitterStrategy {
    int max_attempts = 3;  ///< maximum number of attempts, including the first
    Duration base_delay = std::chrono::seconds{1};
    Duration max_delay = std::chrono::seconds{60};
    [[no_unique_address]] Random random = {};
    Duration previous = Duration::zero();  ///< the previous delay of this execution

    Duration get_delay(int attempt) {
        if (attempt < 1) return Duration::zero();
        auto const base = std::max(Duration::zero(), base_delay);
        auto const widest = std::max(base, scaled(previous, 3.0));
        auto const delay = attempt == 1 ? base : saturating_add(base, scaled(widest - base, random()));
        return previous = detail::capped(delay, max_delay);
    }
    bool should_retry(int attempt, Failure const&) const noexcept { return attempt < max_attempts; }
    std::optional<Duration> next_delay(RetryContext const& context) { return detail::next_delay_of(*this, context); }

    void check() const {
        detail::check_at_once([this](auto ask) {
            return ask(detail::AtLeastOne{"DecorrelatedJitterStrategy::max_attempts", max_attempts},
                       detail::NotNegative{"DecorrelatedJitterStrategy::base_delay", base_delay},
                       detail::NotNegative{"DecorrelatedJitterStrategy::max_delay", max_delay});
        });
    }
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_DECORRELATED_JITTER_HPP
