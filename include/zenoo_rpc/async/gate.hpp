// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_GATE_HPP
#define ZENOO_RPC_ASYNC_GATE_HPP

#include <zenoo_rpc/retry/retry_context.hpp>

#include <concepts>
#include <optional>

namespace zenoo_rpc {

/// What a gate gives a call that it lets in. Settled once; dropped unsettled, the call counts for nothing.
template <class T>
concept GateToken = std::move_constructible<T> && requires(T& token, Failure const& failure) {
    token.settle();
    token.settle(failure);
};

/// A layer that does not suspend: it lets a call in or refuses it, and hears how the call came out.
///
/// Optional: `enter_at_once()` is `enter` for a first attempt, without a context, and may leave it to `enter` to
/// decide; its token may take `settle(failure, clock)`. `on_event(RetryEvent const&)`, `on_refusal()` (another gate
/// refused), and for gates at which calls may wait, `waits()`, `async_wait(executor, limit) -> awaitable<void>` and
/// `wake_next()` (one that waited won't enter).
template <class G>
concept Gate = std::copy_constructible<G> && requires(G& gate, RetryContext const& context) {
    requires GateToken<typename G::Token>;
    { gate.enter(context) } -> std::same_as<std::optional<typename G::Token>>;
    { gate.refusal(context) } -> std::same_as<Failure>;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_GATE_HPP
