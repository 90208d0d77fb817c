// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_RECOVERY_TIMEOUTS_HPP
#define ZENOO_RPC_BREAKER_DETAIL_RECOVERY_TIMEOUTS_HPP

#include <zenoo_rpc/retry/any_strategy.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace zenoo_rpc::detail {

/// Computes how long a circuit stays open at each opening: a fixed time, or the delay of a strategy.
class RecoveryTimeouts {
public:
    RecoveryTimeouts(Duration fixed, std::optional<AnyStrategy> strategy)
        : fixed_{fixed}, first_{std::move(strategy)} {}

    /// Returns the timeout for the next opening; `recovered` is how long the circuit had been closed before, or empty
    /// if it was not. The strategy starts again if the circuit was closed for at least the last timeout.
    Duration next(std::optional<Duration> recovered) noexcept {
        if (!first_) return fixed_;
        if (recovered && *recovered >= last_) restart();
        try {
            if (openings_ == 0) current_ = first_;
            last_ = std::max(Duration::zero(), current_->get_delay(++openings_));
        } catch (...) {
            last_ = fixed_;  // the circuit opens even if a user's strategy throws
        }
        return last_;
    }
    void restart() noexcept { openings_ = 0; }

private:
    Duration fixed_;
    std::optional<AnyStrategy> first_;
    std::optional<AnyStrategy> current_;
    Duration last_ = Duration::zero();
    int openings_ = 0;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_RECOVERY_TIMEOUTS_HPP
