// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_RETRY_MANAGER_HPP
#define ZENOO_RPC_ODOO_RETRY_MANAGER_HPP

#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/breaker/circuit_breaker.hpp>
#include <zenoo_rpc/retry/presets.hpp>
#include <zenoo_rpc/retry/retry_metrics.hpp>

#include <nlohmann/json.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace zenoo_rpc {

/// How a client repeats its calls. With a breaker alone: `RetryPolicy{}`, which is 3 attempts with growing delays.
struct RetryManagerOptions {
    std::optional<AnyStrategy> strategy = {};
    std::shared_ptr<CircuitBreaker> circuit_breaker = {};  ///< around each attempt; may be shared between clients
    bool collect_metrics = false;
    AnyObserver metrics_callback = {};  ///< told of retries and of the circuit; may be called from any thread
    OptionalPolicy policy = {};         ///< replaces `strategy`
};

/// What a client does about failed attempts. A handle: copies are one and the same manager.
///
/// Threads: safe to share.
class RetryManager {
public:
    /// Does nothing: every call is made once.
    RetryManager() = default;
    /// Throws `std::invalid_argument` for unusable options.
    explicit RetryManager(RetryManagerOptions options);

    /// False if it does nothing.
    bool is_set_up() const noexcept { return state_ != nullptr; }
    /// Null if there is none.
    std::shared_ptr<CircuitBreaker> circuit_breaker() const noexcept;
    /// What happened since it was set up; all zero unless metrics are collected.
    RetryMetrics get_metrics() const;

    using Attempt = std::function<asio::awaitable<Result<nlohmann::json>>()>;

    /// Makes attempts until one succeeds, or the policy has had enough. `name` is that of events.
    /// Lifetime: `name` and what `attempt` refers to must outlive the call.
    asio::awaitable<Result<nlohmann::json>> run(std::string_view name, Attempt attempt) const;
    /// The same for what may be repeated only if it was not sent.
    asio::awaitable<Result<nlohmann::json>> run_until_sent(std::string_view name, Attempt attempt) const;

private:
    struct State;
    std::shared_ptr<State const> state_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_RETRY_MANAGER_HPP
