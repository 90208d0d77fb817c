// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_CALL_RETRIES_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_CALL_RETRIES_HPP

#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/odoo/retry_manager.hpp>

#include <nlohmann/json.hpp>

#include <functional>
#include <memory>
#include <string_view>

namespace zenoo_rpc::detail {

using CallAttempt = std::function<asio::awaitable<Result<nlohmann::json>>()>;

/// Settings and metrics of a client's retries. A `RetryManager` shows them to the user.
///
/// Threads: safe to share.
struct CallRetries {
    /// Throws `std::invalid_argument` for unusable options.
    explicit CallRetries(RetryManagerOptions options);

    AnyRetryPolicy policy;
    std::shared_ptr<CircuitBreaker> breaker;  ///< null if there is none
    bool collects_metrics;
    std::shared_ptr<MetricsRecorder> recorder;
    std::shared_ptr<void const> observation;  ///< subscription to the breaker's events
};

/// Makes attempts until one succeeds or the policy gives up; without `retries`, a single one. Events carry `name`.
/// Lifetime: `name` and what `attempt` refers to must outlive the call.
asio::awaitable<Result<nlohmann::json>> run_attempts(std::shared_ptr<CallRetries const> retries, std::string_view name,
                                                     CallAttempt attempt);
/// Makes attempts like `run_attempts`, but none after an attempt that was sent.
asio::awaitable<Result<nlohmann::json>> run_attempts_until_sent(std::shared_ptr<CallRetries const> retries,
                                                                std::string_view name, CallAttempt attempt);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_CALL_RETRIES_HPP
