// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_DELAY_SEQUENCE_HPP
#define ZENOO_RPC_RETRY_DELAY_SEQUENCE_HPP

#include <zenoo_rpc/core/detail/check.hpp>
#include <zenoo_rpc/retry/retry_strategy.hpp>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace zenoo_rpc {

/// Waits exactly the given delays, one after the other: n delays allow n + 1 attempts.
///
/// Copies share the list, which never changes.
class DelaySequence {
public:
    DelaySequence(std::initializer_list<Duration> delays) : DelaySequence{std::vector<Duration>(delays)} {}
    explicit DelaySequence(std::vector<Duration> delays)
        : delays_{std::make_shared<std::vector<Duration> const>(std::move(delays))} {}

    int max_attempts() const noexcept { return static_cast<int>(delays_->size()) + 1; }

    /// Returns the delay after attempt number `attempt` (from 1); beyond the end of the list, its last delay.
    Duration get_delay(int attempt) const {
        if (attempt < 1 || delays_->empty()) return Duration::zero();
        auto const index = std::min(static_cast<std::size_t>(attempt), delays_->size()) - 1;
        return std::max(Duration::zero(), (*delays_)[index]);
    }
    bool should_retry(int attempt, Failure const&) const noexcept { return attempt < max_attempts(); }
    std::optional<Duration> next_delay(RetryContext const& context) const {
        return detail::next_delay_of(*this, context);
    }

    void check() const {
        for (std::size_t i = 0; i < delays_->size(); ++i) {
            detail::check_each(detail::NotNegative{"DelaySequence[" + std::to_string(i) + "]", (*delays_)[i]});
        }
    }

private:
    std::shared_ptr<std::vector<Duration> const> delays_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_DELAY_SEQUENCE_HPP
