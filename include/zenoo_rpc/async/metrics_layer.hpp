// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_METRICS_LAYER_HPP
#define ZENOO_RPC_ASYNC_METRICS_LAYER_HPP

#include <zenoo_rpc/async/detail/metrics_gate.hpp>
#include <zenoo_rpc/async/pipeline.hpp>
#include <zenoo_rpc/retry/retry_metrics.hpp>

#include <memory>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc {

/// Layer that counts attempts; see `metrics`.
class MetricsLayer {
public:
    explicit MetricsLayer(std::shared_ptr<MetricsRecorder> recorder) : recorder_{std::move(recorder)} {}
    detail::MetricsGate gate() const { return detail::MetricsGate{*recorder_}; }

private:
    std::shared_ptr<MetricsRecorder> recorder_;
};

/// Returns a layer that counts attempts and the events of the retry around it. Place it innermost: a call that a
/// circuit breaker outside it rejects is not counted as an attempt. Throws `std::invalid_argument` if `recorder` is
/// null.
///
/// Lifetime: executions borrow the recorder, which must outlive them.
inline Pipeline<MetricsLayer> metrics(std::shared_ptr<MetricsRecorder> recorder) {
    if (!recorder) throw std::invalid_argument{"metrics needs a recorder, but got a null pointer"};
    return Pipeline{MetricsLayer{std::move(recorder)}};
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_METRICS_LAYER_HPP
