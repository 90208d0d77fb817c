// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/metrics_layer.hpp>
#include <zenoo_rpc/odoo/retry_manager.hpp>

#include <exception>
#include <string>

namespace zenoo_rpc {

namespace {

AnyRetryPolicy policy_of(RetryManagerOptions& options) {
    if (options.policy.get()) return *options.policy.get();
    AnyRetryPolicy policy;
    if (options.strategy) policy.strategy = std::move(*options.strategy);
    return policy;
}

AnyObserver both(AnyObserver first, AnyObserver second) {
    return [first = std::move(first), second = std::move(second)](RetryEvent const& event) {
        detail::notify(first, event);
        detail::notify(second, event);
    };
}

/// Attempts throw, so that the engine ends them with the exceptions that tell the story of all of them.
asio::awaitable<nlohmann::json> throwing(RetryManager::Attempt const& attempt) {
    Result<nlohmann::json> result = co_await attempt();
    co_return std::move(result).value();
}

asio::awaitable<Result<nlohmann::json>> once(RetryManager::Attempt attempt) {
    Result<nlohmann::json> result = co_await attempt();
    co_return result;
}

}  // namespace

struct RetryManager::State {
    explicit State(RetryManagerOptions options)
        : policy{policy_of(options)},
          breaker{std::move(options.circuit_breaker)},
          collects{options.collect_metrics},
          recorder{std::make_shared<MetricsRecorder>()} {
        policy.check();
        policy.on_event = both(std::move(policy.on_event), options.metrics_callback);
        if (!breaker) return;
        auto count = [counted = recorder](RetryEvent const& event) { counted->on_event(event); };
        observation = breaker->observe(both(std::move(count), std::move(options.metrics_callback)));
    }

    AnyRetryPolicy policy;
    std::shared_ptr<CircuitBreaker> breaker;
    bool collects;
    std::shared_ptr<MetricsRecorder> recorder;
    std::shared_ptr<void const> observation;

    static asio::awaitable<Result<nlohmann::json>> run(std::shared_ptr<State const> self, AnyRetryPolicy policy,
                                                       Attempt attempt) {
        auto operation = [&] { return throwing(attempt); };
        Failure failure;
        try {
            if (self->breaker) {
                auto const layers =
                    retry(std::move(policy)) | zenoo_rpc::circuit_breaker(self->breaker) | metrics(self->recorder);
                nlohmann::json value = co_await layers(operation);
                co_return Result<nlohmann::json>{boost::system::in_place_value, std::move(value)};
            }
            auto const layers = retry(std::move(policy)) | metrics(self->recorder);
            nlohmann::json value = co_await layers(operation);
            co_return Result<nlohmann::json>{boost::system::in_place_value, std::move(value)};
        } catch (std::exception const& error) {
            failure = Failure{std::current_exception(), error};
        } catch (...) {
            failure = Failure{std::current_exception()};
        }
        co_return failure;
    }
};

RetryManager::RetryManager(RetryManagerOptions options) : state_{std::make_shared<State>(std::move(options))} {}

std::shared_ptr<CircuitBreaker> RetryManager::circuit_breaker() const noexcept {
    return state_ ? state_->breaker : nullptr;
}

RetryMetrics RetryManager::get_metrics() const {
    return state_ && state_->collects ? state_->recorder->snapshot() : RetryMetrics{};
}

asio::awaitable<Result<nlohmann::json>> RetryManager::run(std::string_view name, Attempt attempt) const {
    if (!state_) return once(std::move(attempt));
    auto policy = state_->policy;
    policy.operation = name;
    return State::run(state_, std::move(policy), std::move(attempt));
}

asio::awaitable<Result<nlohmann::json>> RetryManager::run_until_sent(std::string_view name, Attempt attempt) const {
    if (!state_) return once(std::move(attempt));
    auto policy = state_->policy;
    policy.operation = name;
    policy.retry_if = [wanted = policy.retry_if, strategy = policy.strategy](Failure const& failure,
                                                                             int attempt_number) {
        if (failure.delivery() != Delivery::not_sent) return false;
        bool const decides_alone = wanted.is_default() && detail::decides_alone(strategy, failure);
        return decides_alone || wanted(failure, attempt_number);
    };
    return State::run(state_, std::move(policy), std::move(attempt));
}

}  // namespace zenoo_rpc
