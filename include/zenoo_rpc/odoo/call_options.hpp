// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_CALL_OPTIONS_HPP
#define ZENOO_RPC_ODOO_CALL_OPTIONS_HPP

#include <zenoo_rpc/async/detail/own.hpp>
#include <zenoo_rpc/core/clock.hpp>

#include <boost/asio/awaitable.hpp>
#include <nlohmann/json.hpp>

#include <concepts>
#include <functional>
#include <optional>
#include <utility>

namespace zenoo_rpc {

/// Answers "has it happened?": what the call would have returned, or nothing if it has not.
using Probe = std::function<boost::asio::awaitable<std::optional<nlohmann::json>>()>;

/// What is special about one call: `CallOptions().repeatable().timeout(5s)`.
class CallOptions {
public:
    CallOptions() = default;

    /// Says that the method does no harm if it is executed twice, so that it may be sent again when nobody knows
    /// whether it was executed. Unset, the client's rules decide, then `is_repeatable`.
    CallOptions& repeatable(bool yes = true) noexcept {
        repeatable_ = yes;
        return *this;
    }
    /// For one attempt, from connecting to the last byte of the answer, instead of `ClientOptions::request_timeout`.
    /// Logging in again, should the session have expired, takes its own time.
    CallOptions& timeout(Duration limit) noexcept {
        timeout_ = limit;
        return *this;
    }
    /// Lets the retry manager repeat what may not be executed twice: after an unknown outcome, and before it sends the
    /// call again, it asks. A lost call may still be running then, so let the policy's delays be longer than the call
    /// takes. If the question is not answered, or no attempt is left, the call ends with `OutcomeUnknownError`.
    template <class Question>
        requires std::convertible_to<detail::owned_t<Question>, Probe>
    CallOptions& probe(Question&& has_happened) {
        probe_ = detail::own(std::forward<Question>(has_happened));
        return *this;
    }

    std::optional<bool> may_be_repeated() const noexcept { return repeatable_; }
    std::optional<Duration> limit() const noexcept { return timeout_; }
    Probe const& probe() const noexcept { return probe_; }

private:
    std::optional<bool> repeatable_;
    std::optional<Duration> timeout_;
    Probe probe_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_CALL_OPTIONS_HPP
