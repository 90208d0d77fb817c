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

/// How a client repeats its calls. With a breaker alone: `RetryPolicy{}`, which is 3 attempts with growing delays.
struct RetryManagerOptions {
    std::optional<AnyStrategy> strategy = {};
    std::shared_ptr<CircuitBreaker> circuit_breaker = {};  ///< around each attempt; may be shared between clients
    bool collect_metrics = false;
    AnyObserver metrics_callback = {};  ///< told of retries and of the circuit; may be called from any thread
    OptionalPolicy policy = {};         ///< replaces `strategy`
};

/// Shows how a client repeats its calls, and what has come of it. A handle: copies show the same. Made by
/// `client.retry_manager()`; what it says is chosen by `client.setup_retry_manager(...)`.
///
/// Threads: safe to share.
class RetryManager {
public:
    /// Belongs to no client.
    RetryManager() = default;

    /// False if every call is made once.
    bool is_set_up() const noexcept { return retries_ != nullptr; }
    /// Null if there is none.
    std::shared_ptr<CircuitBreaker> circuit_breaker() const noexcept;
    /// What happened since it was set up; all zero unless metrics are collected.
    RetryMetrics get_metrics() const;

private:
    friend class ZenooClient;
    explicit RetryManager(std::shared_ptr<detail::CallRetries const> retries) noexcept : retries_{std::move(retries)} {}

    std::shared_ptr<detail::CallRetries const> retries_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_RETRY_MANAGER_HPP
