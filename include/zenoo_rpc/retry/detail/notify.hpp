// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_DETAIL_NOTIFY_HPP
#define ZENOO_RPC_RETRY_DETAIL_NOTIFY_HPP

namespace zenoo_rpc::detail {

/// Calls an observer and ignores its exceptions, which must not affect the execution.
template <class O, class Event>
void notify(O& observer, Event const& event) noexcept {
    try {
        observer(event);
    } catch (...) {
        return;
    }
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_RETRY_DETAIL_NOTIFY_HPP
