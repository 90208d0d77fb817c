// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_FIXED_DELAY_HPP
#define ZENOO_RPC_RETRY_FIXED_DELAY_HPP

#include <zenoo_rpc/retry/jitter.hpp>
#include <zenoo_rpc/retry/retry_strategy.hpp>

#include <algorithm>
#include <chrono>

namespace zenoo_rpc {

/// Waits the same `delay` every time. Meant for rate limits, and therefore without jitter by default.
template <Jitter J = NoJitter>
struct FixedDelayStrategy {
    int max_attempts = 3;  ///< maximum number of attempts, including the first
    Duration delay = std::chrono::seconds{1};
    [[no_unique_address]] J jitter = {};

    Duration get_delay(int attempt) {
        return attempt < 1 ? Duration::zero() : std::max(Duration::zero(), jitter(delay));
    }
    bool should_retry(int attempt, Failure const&) const noexcept { return attempt < max_attempts; }
    std::optional<Duration> next_delay(RetryContext const& context) { return detail::next_delay_of(*this, context); }

    void check() const {
        detail::check_at_once([this](auto ask) {
            return ask(detail::AtLeastOne{"FixedDelayStrategy::max_attempts", max_attempts},
                       detail::NotNegative{"FixedDelayStrategy::delay", delay});
        });
        detail::check(jitter);
    }
};

template <Jitter J = NoJitter>
using FixedDelay = FixedDelayStrategy<J>;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_FIXED_DELAY_HPP
