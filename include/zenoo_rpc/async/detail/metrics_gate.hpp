// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_METRICS_GATE_HPP
#define ZENOO_RPC_ASYNC_DETAIL_METRICS_GATE_HPP

#include <zenoo_rpc/retry/retry_metrics.hpp>

#include <optional>

namespace zenoo_rpc::detail {

/// Counts attempts, and the events of the retry outside it. Borrows the recorder.
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

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_METRICS_GATE_HPP
