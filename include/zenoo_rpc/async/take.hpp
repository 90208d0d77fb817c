// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_TAKE_HPP
#define ZENOO_RPC_ASYNC_TAKE_HPP

#include <type_traits>
#include <utility>

namespace zenoo_rpc {

/// Wrapper returned by `take`.
template <class T>
class Taken {
public:
    explicit Taken(T object) : object_{std::move(object)} {}
    T release() && { return std::move(object_); }

private:
    T object_;
};

/// Passes a move-only operation: `auto op = ...; co_await async_retry(policy, take(std::move(op)))`.
///
/// States that the operation is a named object, which the guard against g++ 12 cannot detect by itself.
template <class T>
    requires(!std::is_lvalue_reference_v<T>)
Taken<T> take(T&& object) {
    return Taken<T>{std::move(object)};
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_TAKE_HPP
