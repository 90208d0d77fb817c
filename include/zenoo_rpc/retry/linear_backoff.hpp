// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_LINEAR_BACKOFF_HPP
#define ZENOO_RPC_RETRY_LINEAR_BACKOFF_HPP

#include <zenoo_rpc/retry/jitter.hpp>
#include <zenoo_rpc/retry/retry_strategy.hpp>

#include <algorithm>
#include <chrono>

namespace zenoo_rpc {

/// Waits `base_delay + increment * (attempt - 1)`, jittered, at most `max_delay`.
template <Jitter J = FullJitter<>>
struct LinearBackoffStrategy {
    int max_attempts = 3;  ///< maximum number of attempts, including the first
    Duration base_delay = std::chrono::seconds{1};
    Duration increment = std::chrono::seconds{1};
    Duration max_delay = std::chrono::seconds{60};
    [[no_unique_address]] J jitter = {};

    Duration get_delay(int attempt) {
        if (attempt < 1) return Duration::zero();
        auto const delay = std::min(max_delay, saturating_add(base_delay, scaled(increment, attempt - 1)));
        return detail::capped(jitter(delay), max_delay);
    }
    bool should_retry(int attempt, Failure const&) const noexcept { return attempt < max_attempts; }
    std::optional<Duration> next_delay(RetryContext const& context) { return detail::next_delay_of(*this, context); }

    void check() const {
        detail::check_at_once([this](auto ask) {
            return ask(detail::AtLeastOne{"LinearBackoffStrategy::max_attempts", max_attempts},
                       detail::NotNegative{"LinearBackoffStrategy::base_delay", base_delay},
                       detail::NotNegative{"LinearBackoffStrategy::increment", increment},
                       detail::NotNegative{"LinearBackoffStrategy::max_delay", max_delay});
        });
        detail::check(jitter);
    }
};

template <Jitter J = FullJitter<>>
using LinearBackoff = LinearBackoffStrategy<J>;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_LINEAR_BACKOFF_HPP
