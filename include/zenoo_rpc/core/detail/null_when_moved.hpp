// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_NULL_WHEN_MOVED_HPP
#define ZENOO_RPC_CORE_DETAIL_NULL_WHEN_MOVED_HPP

#include <utility>

namespace zenoo_rpc::detail {

/// A pointer that is null once it has been moved from. Points into an object that moves along with it.
template <class T>
class NullWhenMoved {
public:
    NullWhenMoved(T* pointer = nullptr) noexcept : pointer_{pointer} {}
    NullWhenMoved(NullWhenMoved const&) = default;
    NullWhenMoved(NullWhenMoved&& other) noexcept : pointer_{std::exchange(other.pointer_, nullptr)} {}
    NullWhenMoved& operator=(NullWhenMoved const&) = default;
    NullWhenMoved& operator=(NullWhenMoved&& other) noexcept {
        pointer_ = std::exchange(other.pointer_, nullptr);
        return *this;
    }

    operator T*() const noexcept { return pointer_; }
    T* operator->() const noexcept { return pointer_; }

private:
    T* pointer_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CORE_DETAIL_NULL_WHEN_MOVED_HPP
