// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_DETAIL_NOTIFY_HPP
#define ZENOO_RPC_RETRY_DETAIL_NOTIFY_HPP

namespace zenoo_rpc::detail {

/// An observer that throws must harm nothing, so there is nobody to tell.
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
