// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/call_queue.hpp"

namespace zenoo_rpc::detail {

CallQueue::Admission CallQueue::enter(Place& place) {
    std::scoped_lock lock{mutex_};
    if (running_.size() < max_concurrency_) {
        running_.push_back(place);
        place.admission_ = Admission::running;
    } else if (queued_.size() < max_queued_) {
        queued_.push_back(place);
        place.admission_ = Admission::queued;
    } else {
        return Admission::full;
    }
    return *place.admission_;
}

void CallQueue::leave(Place& place) {
    std::scoped_lock lock{mutex_};
    if (!place.admission_) return;
    auto& list = *place.admission_ == Admission::running ? running_ : queued_;
    list.erase(list.iterator_to(place));
    if (running_.size() >= max_concurrency_ || queued_.empty()) return;

    Place& next = queued_.front();
    queued_.pop_front();
    running_.push_back(next);
    next.admission_ = Admission::running;
    next.wake();  // under the lock, so that `next` still exists; the resumed coroutine runs later
}

}  // namespace zenoo_rpc::detail
