// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DELIVERY_HPP
#define ZENOO_RPC_CORE_DELIVERY_HPP

namespace zenoo_rpc {

/// Tells how far a failed request got, which decides whether it may be sent again.
enum class Delivery : unsigned char {
    not_sent,  ///< did not reach the server in full: it has had no effect
    rejected,  ///< the server responded with an error and rolled back its transaction
    unknown,   ///< failed after the last byte was written: it may have taken effect
};

constexpr char const* to_string(Delivery delivery) noexcept {
    switch (delivery) {
        case Delivery::not_sent: return "not sent";
        case Delivery::rejected: return "rejected";
        case Delivery::unknown: return "unknown";
    }
    return "?";
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CORE_DELIVERY_HPP
