// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_RETRY_MANAGER_HPP
#define ZENOO_RPC_ODOO_RETRY_MANAGER_HPP

#include <zenoo_rpc/breaker/circuit_breaker.hpp>
#include <zenoo_rpc/retry/presets.hpp>
#include <zenoo_rpc/retry/retry_metrics.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace zenoo_rpc {

namespace detail {
struct CallRetries;
}

/// Sets how a client retries its calls. Default policy: `RetryPolicy{}`, which is 3 attempts with growing delays.
struct RetryManagerOptions {
    std::optional<AnyStrategy> strategy = {};
    std::shared_ptr<CircuitBreaker> circuit_breaker = {};  ///< wraps each attempt; may be shared between clients
    bool collect_metrics = false;
    AnyObserver metrics_callback = {};  ///< receives the events of retries and of the circuit, on any thread
    OptionalPolicy policy = {};         ///< replaces `strategy`
};

/// Shows how a client retries its calls, and their metrics. A handle: copies refer to the same state. Made by
/// `client.retry_manager()`, and configured by `client.setup_retry_manager(...)`.
///
/// Threads: safe to share.
class RetryManager {
public:
    /// Creates a handle that belongs to no client.
    RetryManager() = default;

    /// Returns false if calls are not retried.
    bool is_set_up() const noexcept { return retries_ != nullptr; }
    /// Returns the circuit breaker, or null if there is none.
    std::shared_ptr<CircuitBreaker> circuit_breaker() const noexcept;
    /// Returns the metrics since it was set up; all zero unless metrics are collected.
    RetryMetrics get_metrics() const;

private:
    friend class ZenooClient;
    explicit RetryManager(std::shared_ptr<detail::CallRetries const> retries) noexcept : retries_{std::move(retries)} {}

    std::shared_ptr<detail::CallRetries const> retries_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_RETRY_MANAGER_HPP
