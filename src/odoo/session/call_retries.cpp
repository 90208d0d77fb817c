// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/call_retries.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/metrics_layer.hpp>

#include <exception>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

AnyRetryPolicy policy_of(RetryManagerOptions& options) {
    if (options.policy.get()) return *options.policy.get();
    AnyRetryPolicy policy;
    if (options.strategy) policy.strategy = std::move(*options.strategy);
    return policy;
}

AnyObserver both(AnyObserver first, AnyObserver second) {
    return [first = std::move(first), second = std::move(second)](RetryEvent const& event) {
        notify(first, event);
        notify(second, event);
    };
}

/// Makes an attempt throw, so that the engine reports the failure with the timeline of all attempts.
asio::awaitable<json> throwing(CallAttempt const& attempt) {
    Result<json> result = co_await attempt();
    co_return std::move(result).value();
}

asio::awaitable<Result<json>> once(CallAttempt attempt) {
    Result<json> result = co_await attempt();
    co_return result;
}

asio::awaitable<Result<json>> repeat(std::shared_ptr<CallRetries const> retries, AnyRetryPolicy policy,
                                     CallAttempt attempt) {
    auto operation = [&] { return throwing(attempt); };
    Failure failure;
    try {
        if (retries->breaker) {
            auto const layers =
                retry(std::move(policy)) | circuit_breaker(retries->breaker) | metrics(retries->recorder);
            json value = co_await layers(operation);
            co_return Result<json>{boost::system::in_place_value, std::move(value)};
        }
        auto const layers = retry(std::move(policy)) | metrics(retries->recorder);
        json value = co_await layers(operation);
        co_return Result<json>{boost::system::in_place_value, std::move(value)};
    } catch (std::exception const& error) {
        failure = Failure{std::current_exception(), error};
    } catch (...) {
        failure = Failure{std::current_exception()};
    }
    co_return failure;
}

}  // namespace

CallRetries::CallRetries(RetryManagerOptions options)
    : policy{policy_of(options)},
      breaker{std::move(options.circuit_breaker)},
      collects_metrics{options.collect_metrics},
      recorder{std::make_shared<MetricsRecorder>()} {
    policy.check();
    policy.on_event = both(std::move(policy.on_event), options.metrics_callback);
    if (!breaker) return;
    auto count = [counted = recorder](RetryEvent const& event) { counted->on_event(event); };
    observation = breaker->observe(both(std::move(count), std::move(options.metrics_callback)));
}

asio::awaitable<Result<json>> run_attempts(std::shared_ptr<CallRetries const> retries, std::string_view name,
                                           CallAttempt attempt) {
    if (!retries) return once(std::move(attempt));
    auto policy = retries->policy;
    policy.operation = name;
    return repeat(std::move(retries), std::move(policy), std::move(attempt));
}

asio::awaitable<Result<json>> run_attempts_until_sent(std::shared_ptr<CallRetries const> retries, std::string_view name,
                                                      CallAttempt attempt) {
    if (!retries) return once(std::move(attempt));
    auto policy = retries->policy;
    policy.operation = name;
    policy.retry_if = [wanted = policy.retry_if, strategy = policy.strategy](Failure const& failure,
                                                                             int attempt_number) {
        if (failure.delivery() != Delivery::not_sent) return false;
        bool const is_decided = wanted.is_default() && decides_alone(strategy, failure);
        return is_decided || wanted(failure, attempt_number);
    };
    return repeat(std::move(retries), std::move(policy), std::move(attempt));
}

}  // namespace zenoo_rpc::detail

namespace zenoo_rpc {

std::shared_ptr<CircuitBreaker> RetryManager::circuit_breaker() const noexcept {
    return retries_ ? retries_->breaker : nullptr;
}

RetryMetrics RetryManager::get_metrics() const {
    return retries_ && retries_->collects_metrics ? retries_->recorder->snapshot() : RetryMetrics{};
}

}  // namespace zenoo_rpc
