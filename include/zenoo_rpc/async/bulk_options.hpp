// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_BULK_OPTIONS_HPP
#define ZENOO_RPC_ASYNC_BULK_OPTIONS_HPP

#include <zenoo_rpc/breaker/circuit_breaker.hpp>
#include <zenoo_rpc/core/detail/check.hpp>
#include <zenoo_rpc/retry/presets.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

namespace zenoo_rpc {

/// How far a bulk has come.
struct BulkProgress {
    std::size_t done;
    std::size_t successful;
    std::size_t failed;
    std::optional<std::size_t> total;  ///< unknown for a range without a size, until its end is seen
};

/// How a bulk goes about its operations, and when it is a success.
struct BulkOptions {
    int max_attempts = 3;                           ///< of each operation, the first call included
    Duration base_delay = std::chrono::seconds{1};  ///< then doubled, up to a minute, with full jitter
    double partial_success_threshold = 1.0;  ///< the share of operations that must succeed; 0 accepts all failures
    int max_concurrency = 16;                ///< so many operations of one bulk are under way at a time
    /// Told after each operation, until the bulk is ended early; one call at a time. What it throws harms nothing.
    std::function<void(BulkProgress const&)> on_progress = {};
    OptionalPolicy policy = {};  ///< of each operation; replaces `max_attempts` and `base_delay`
    std::shared_ptr<CircuitBreaker> circuit_breaker = {};  ///< around each attempt; may be shared

    /// Throws `std::invalid_argument` that names what is unusable.
    void check() const {
        detail::check_each(detail::AtLeastOne{"BulkOptions::max_attempts", max_attempts},
                           detail::NotNegative{"BulkOptions::base_delay", base_delay},
                           detail::Fraction{"BulkOptions::partial_success_threshold", partial_success_threshold},
                           detail::AtLeastOne{"BulkOptions::max_concurrency", max_concurrency});
        if (policy.get()) policy.get()->check();
    }
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_BULK_OPTIONS_HPP
