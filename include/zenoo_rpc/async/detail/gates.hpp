// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_GATES_HPP
#define ZENOO_RPC_ASYNC_DETAIL_GATES_HPP

#include <zenoo_rpc/async/gate.hpp>
#include <zenoo_rpc/retry/retry_event.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>

namespace zenoo_rpc::detail {

namespace asio = boost::asio;

template <class G>
concept enters_at_once = requires(G& gate) { gate.enter_at_once(); };

/// The gates in front of one operation, outermost first.
template <Gate... G>
class Gates {
public:
    using Tokens = std::tuple<std::optional<typename G::Token>...>;
    static constexpr std::size_t count = sizeof...(G);

    explicit Gates(G... gates) : gates_{std::move(gates)...} {}

    static constexpr bool can_enter_at_once = (enters_at_once<G> && ...);

    /// Enters all gates without a token in `tokens`; stops and returns false at the first that rejects the call.
    bool enter(Tokens& tokens, RetryContext const& context) {
        return each([&](auto& gate, auto& token) { return token || admit(token, gate.enter(context)); }, tokens);
    }
    /// Enters all gates for a first attempt, without a context; stops and returns false at the first that does not
    /// admit the call without one.
    [[gnu::always_inline]] bool enter_at_once(Tokens& tokens) {
        return each([](auto& gate, auto& token) { return admit(token, gate.enter_at_once()); }, tokens);
    }

    static void settle(Tokens& tokens) {
        std::apply([](auto&... token) { (token->settle(), ...); }, tokens);
    }
    static void settle(Tokens& tokens, Failure const& failure, TimeSource const& clock) {
        std::apply([&](auto&... token) { (settle_one(*token, failure, clock), ...); }, tokens);
    }
    static void leave(Tokens& tokens) {
        std::apply([](auto&... token) { (token.reset(), ...); }, tokens);
    }

    /// Returns the failure of the gate that rejected the call, and notifies all gates.
    Failure refusal(Tokens& tokens, RetryContext const& context) {
        Failure reason;
        each(
            [&](auto& gate, auto& token) {
                if (!token) reason = gate.refusal(context);
                return token.has_value();
            },
            tokens);
        std::apply([](auto&... gate) { (notify_of_refusal(gate), ...); }, gates_);
        return reason;
    }

    /// Returns a wait at the gate that rejected the call; nothing if calls do not wait there.
    std::optional<asio::awaitable<void>> wait(Tokens& tokens, asio::any_io_executor const& executor, TimePoint limit) {
        std::optional<asio::awaitable<void>> pause;
        each(
            [&](auto& gate, auto& token) {
                if constexpr (requires { gate.waits(); }) {
                    if (!token && gate.waits()) pause = gate.async_wait(executor, limit);
                }
                return token.has_value();
            },
            tokens);
        return pause;
    }

    /// Lets gates wake the next call in the queue, after a wait whose call does not enter.
    void wake_next() {
        std::apply([](auto&... gate) { (wake_next_at(gate), ...); }, gates_);
    }

    void on_event(RetryEvent const& event) noexcept {
        std::apply([&](auto&... gate) { (notify_of_event(gate, event), ...); }, gates_);
    }

    template <Gate Outer>
    Gates<Outer, G...> behind(Outer outer) const {
        return std::apply([&](auto const&... gate) { return Gates<Outer, G...>{std::move(outer), gate...}; }, gates_);
    }

private:
    /// Calls `visit(gate, token)` in order until it returns false; returns whether all returned true.
    template <class Visit>
    [[gnu::always_inline]] bool each(Visit visit, Tokens& tokens) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return (visit(std::get<I>(gates_), std::get<I>(tokens)) && ...);
        }(std::index_sequence_for<G...>{});
    }
    template <class Token>
    static bool admit(std::optional<Token>& token, std::optional<Token> admitted) {
        if (admitted) token.emplace(std::move(*admitted));
        return admitted.has_value();
    }
    static void settle_one(auto& token, Failure const& failure, TimeSource const& clock) {
        if constexpr (requires { token.settle(failure, clock); }) {
            token.settle(failure, clock);
        } else {
            token.settle(failure);
        }
    }
    static void wake_next_at(auto& gate) {
        if constexpr (requires { gate.wake_next(); }) gate.wake_next();
    }
    static void notify_of_refusal(auto& gate) noexcept {
        if constexpr (requires { gate.on_refusal(); }) gate.on_refusal();
    }
    static void notify_of_event(auto& gate, RetryEvent const& event) noexcept {
        if constexpr (requires { gate.on_event(event); }) gate.on_event(event);
    }

    [[no_unique_address]] std::tuple<G...> gates_;
};

template <class... G>
Gates(G...) -> Gates<G...>;

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_GATES_HPP
