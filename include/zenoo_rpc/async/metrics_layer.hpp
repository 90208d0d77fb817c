// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_METRICS_LAYER_HPP
#define ZENOO_RPC_ASYNC_METRICS_LAYER_HPP

#include <zenoo_rpc/async/pipeline.hpp>
#include <zenoo_rpc/retry/retry_metrics.hpp>

#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc {

/// Counts attempts, and hears the events of the retry outside it. Borrows the recorder.
class MetricsGate {
public:
    struct Token {
        void settle() const noexcept {}
        void settle(Failure const&) const noexcept {}
    };

    explicit MetricsGate(MetricsRecorder& recorder) : recorder_{&recorder} {}

    std::optional<Token> enter(RetryContext const& context) noexcept {
        recorder_->attempt_begins(context);
        return Token{};
    }
    std::optional<Token> enter_at_once() noexcept {
        recorder_->first_attempt_begins();
        return Token{};
    }
    Failure refusal(RetryContext const&) const noexcept { return {}; }
    void on_refusal() noexcept { recorder_->call_refused(); }
    void on_event(RetryEvent const& event) noexcept { recorder_->on_event(event); }

private:
    MetricsRecorder* recorder_;
};

class MetricsLayer {
public:
    explicit MetricsLayer(std::shared_ptr<MetricsRecorder> recorder) : recorder_{std::move(recorder)} {}
    MetricsGate gate() const { return MetricsGate{*recorder_}; }

private:
    std::shared_ptr<MetricsRecorder> recorder_;
};

/// Records what passes here. Put it innermost: a call that a breaker outside it refuses is no attempt.
/// Executions borrow the recorder: it must outlive them.
inline Pipeline<MetricsLayer> metrics(std::shared_ptr<MetricsRecorder> recorder) {
    if (!recorder) throw std::invalid_argument{"metrics needs a recorder, but got a null pointer"};
    return Pipeline{MetricsLayer{std::move(recorder)}};
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_METRICS_LAYER_HPP
