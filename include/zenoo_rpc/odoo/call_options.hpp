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

/// Checks whether an earlier attempt of a call was executed. Returns the value that the call would have returned, or
/// `std::nullopt` if it was not executed.
using Probe = std::function<boost::asio::awaitable<std::optional<nlohmann::json>>()>;

/// Options of a single call: `CallOptions().idempotent().timeout(5s)`.
class CallOptions {
public:
    CallOptions() = default;

    /// Declares that executing the method twice does no harm, so that the call may be sent again when its outcome is
    /// unknown. Unset, the rules of `ZenooClient::set_idempotent` decide, then the library's own rules for the method.
    CallOptions& idempotent(bool yes = true) noexcept {
        idempotent_ = yes;
        return *this;
    }
    /// Limits one attempt, from connecting to the last byte of the response, instead of
    /// `ClientOptions::request_timeout`. Logging in again after the session has expired does not count towards it.
    CallOptions& timeout(Duration limit) noexcept {
        timeout_ = limit;
        return *this;
    }
    /// Lets the retry manager retry a call that is not idempotent: after an unknown outcome, and before it sends the
    /// call again, it awaits the probe. A lost call may still be running then, so choose delays longer than the call
    /// takes. If the probe gives no result, or no attempt is left, the call ends with `OutcomeUnknownError`.
    template <class Question>
        requires std::convertible_to<detail::owned_t<Question>, Probe>
    CallOptions& probe(Question&& has_happened) {
        probe_ = detail::own(std::forward<Question>(has_happened));
        return *this;
    }

    std::optional<bool> is_idempotent() const noexcept { return idempotent_; }
    std::optional<Duration> limit() const noexcept { return timeout_; }
    Probe const& probe() const noexcept { return probe_; }

private:
    std::optional<bool> idempotent_;
    std::optional<Duration> timeout_;
    Probe probe_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_CALL_OPTIONS_HPP
