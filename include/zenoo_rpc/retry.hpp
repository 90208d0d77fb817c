// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_HPP
#define ZENOO_RPC_RETRY_HPP

// Retries, circuit breakers and deadlines for any Boost.Asio operation. Needs only the headers of Boost.

#include <zenoo_rpc/async/ambient.hpp>
#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/bulk_retry_error.hpp>
#include <zenoo_rpc/async/bulk_retry_manager.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/decorate.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/async/metrics_layer.hpp>
#include <zenoo_rpc/async/pipeline.hpp>
#include <zenoo_rpc/async/retry_decorators.hpp>
#include <zenoo_rpc/async/retry_loop.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/breaker/advanced_circuit_breaker.hpp>
#include <zenoo_rpc/breaker/circuit_breaker.hpp>
#include <zenoo_rpc/breaker/circuit_breaker_open_error.hpp>
#include <zenoo_rpc/breaker/circuit_breaker_registry.hpp>
#include <zenoo_rpc/core/errors.hpp>
#include <zenoo_rpc/retry/any_strategy.hpp>
#include <zenoo_rpc/retry/by_failure.hpp>
#include <zenoo_rpc/retry/decorrelated_jitter.hpp>
#include <zenoo_rpc/retry/delay_sequence.hpp>
#include <zenoo_rpc/retry/exponential_backoff.hpp>
#include <zenoo_rpc/retry/fibonacci_backoff.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/retry/linear_backoff.hpp>
#include <zenoo_rpc/retry/presets.hpp>
#include <zenoo_rpc/retry/retry_errors.hpp>
#include <zenoo_rpc/retry/retry_metrics.hpp>
#include <zenoo_rpc/retry/retry_policy.hpp>
#include <zenoo_rpc/version.hpp>

#endif  // ZENOO_RPC_RETRY_HPP
