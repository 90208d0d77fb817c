// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_GATE_HPP
#define ZENOO_RPC_ASYNC_GATE_HPP

#include <zenoo_rpc/retry/retry_context.hpp>

#include <concepts>
#include <optional>

namespace zenoo_rpc {

/// Token that a gate gives to each call it admits. Settled once, with the outcome; if it is destroyed unsettled, the
/// call does not count.
template <class T>
concept GateToken = std::move_constructible<T> && requires(T& token, Failure const& failure) {
    token.settle();
    token.settle(failure);
};

/// A layer that does not suspend: it admits or rejects each call, and is notified of the call's outcome.
///
/// Optional members: `enter_at_once()`, which is `enter` for a first attempt, without a context; it may return nothing
/// to leave the decision to `enter`, and its token may have `settle(failure, clock)`. `on_event(RetryEvent const&)`;
/// `on_refusal()`, called when another gate has rejected the call. For gates at which calls may wait: `waits()`,
/// `async_wait(executor, limit) -> awaitable<void>`, and `wake_next()`, called when a call that waited does not enter.
template <class G>
concept Gate = std::copy_constructible<G> && requires(G& gate, RetryContext const& context) {
    requires GateToken<typename G::Token>;
    { gate.enter(context) } -> std::same_as<std::optional<typename G::Token>>;
    { gate.refusal(context) } -> std::same_as<Failure>;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_GATE_HPP
