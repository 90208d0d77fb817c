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

/// Progress of a bulk, in operations.
struct BulkProgress {
    std::size_t done;  ///< ended, with success or failure
    std::size_t successful;
    std::size_t failed;
    std::optional<std::size_t> total;  ///< unknown for a range without a size, until its end is seen
};

/// Options of a bulk: retries of its operations, concurrency, and the condition for success.
struct BulkOptions {
    int max_attempts = 3;                           ///< maximum number of attempts of each operation
    Duration base_delay = std::chrono::seconds{1};  ///< backoff; doubles up to 1 minute, with full jitter
    double partial_success_threshold = 1.0;         ///< share of operations that must succeed; 0 accepts all failures
    int max_concurrency = 16;                       ///< maximum number of operations of one bulk that run concurrently
    /// Called after each operation, never concurrently, until the bulk is ended early. Its exceptions are ignored.
    std::function<void(BulkProgress const&)> on_progress = {};
    OptionalPolicy policy = {};  ///< for each operation; replaces `max_attempts`, `base_delay`
    std::shared_ptr<CircuitBreaker> circuit_breaker = {};  ///< for each attempt; may be shared

    /// Throws `std::invalid_argument` that names the invalid member.
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
