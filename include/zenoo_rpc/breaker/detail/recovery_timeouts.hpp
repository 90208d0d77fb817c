// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_RECOVERY_TIMEOUTS_HPP
#define ZENOO_RPC_BREAKER_DETAIL_RECOVERY_TIMEOUTS_HPP

#include <zenoo_rpc/retry/any_strategy.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace zenoo_rpc::detail {

/// How long a circuit stays open, from opening to opening: always as long, or as a strategy says.
class RecoveryTimeouts {
public:
    RecoveryTimeouts(Duration fixed, std::optional<AnyStrategy> strategy)
        : fixed_{fixed}, first_{std::move(strategy)} {}

    /// For an opening of a circuit that was closed for `recovered`, or not at all. After a recovery that lasted at
    /// least as long as the circuit had been open, the strategy starts again.
    Duration next(std::optional<Duration> recovered) noexcept {
        if (!first_) return fixed_;
        if (recovered && *recovered >= last_) restart();
        try {
            if (openings_ == 0) current_ = first_;
            last_ = std::max(Duration::zero(), current_->get_delay(++openings_));
        } catch (...) {
            last_ = fixed_;  // the circuit opens, whatever a strategy of the user's does
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
