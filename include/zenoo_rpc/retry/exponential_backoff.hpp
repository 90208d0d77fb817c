// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_EXPONENTIAL_BACKOFF_HPP
#define ZENOO_RPC_RETRY_EXPONENTIAL_BACKOFF_HPP

#include <zenoo_rpc/retry/jitter.hpp>
#include <zenoo_rpc/retry/retry_strategy.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace zenoo_rpc {

/// Waits `base_delay * multiplier^(attempt - 1)`, jittered, at most `max_delay`.
template <Jitter J = FullJitter<>>
struct ExponentialBackoffStrategy {
    int max_attempts = 3;  ///< maximum number of attempts, including the first
    Duration base_delay = std::chrono::seconds{1};
    Duration max_delay = std::chrono::seconds{60};
    double multiplier = 2.0;
    [[no_unique_address]] J jitter = {};

    Duration get_delay(int attempt) {
        if (attempt < 1) return Duration::zero();
        auto const delay = std::min(max_delay, scaled(base_delay, std::pow(multiplier, attempt - 1)));
        return detail::capped(jitter(delay), max_delay);
    }
    bool should_retry(int attempt, Failure const&) const noexcept { return attempt < max_attempts; }
    std::optional<Duration> next_delay(RetryContext const& context) { return detail::next_delay_of(*this, context); }

    void check() const {
        detail::check_at_once([this](auto ask) {
            return ask(detail::AtLeastOne{"ExponentialBackoffStrategy::max_attempts", max_attempts},
                       detail::NotNegative{"ExponentialBackoffStrategy::base_delay", base_delay},
                       detail::NotNegative{"ExponentialBackoffStrategy::max_delay", max_delay},
                       detail::Positive{"ExponentialBackoffStrategy::multiplier", multiplier});
        });
        detail::check(jitter);
    }
};

template <Jitter J = FullJitter<>>
using ExponentialBackoff = ExponentialBackoffStrategy<J>;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_EXPONENTIAL_BACKOFF_HPP
