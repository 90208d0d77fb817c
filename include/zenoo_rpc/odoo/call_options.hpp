// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_CALL_OPTIONS_HPP
#define ZENOO_RPC_ODOO_CALL_OPTIONS_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <optional>

namespace zenoo_rpc {

/// What is special about one call: `CallOptions().repeatable().timeout(5s)`.
class CallOptions {
public:
    CallOptions() = default;

    /// Says that the method does no harm if it is executed twice, so that it may be sent again when nobody knows
    /// whether it was executed. Unset, the method's name decides: see `is_repeatable`.
    CallOptions& repeatable(bool yes = true) noexcept {
        repeatable_ = yes;
        return *this;
    }
    /// For one attempt, from connecting to the last byte of the answer, instead of `ClientOptions::request_timeout`.
    CallOptions& timeout(Duration limit) noexcept {
        timeout_ = limit;
        return *this;
    }

    std::optional<bool> may_be_repeated() const noexcept { return repeatable_; }
    std::optional<Duration> limit() const noexcept { return timeout_; }

private:
    std::optional<bool> repeatable_;
    std::optional<Duration> timeout_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_CALL_OPTIONS_HPP
