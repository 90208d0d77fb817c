// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_UNWRAPPED_HPP
#define ZENOO_RPC_ASYNC_DETAIL_UNWRAPPED_HPP

#include <zenoo_rpc/async/detail/outcome.hpp>

namespace zenoo_rpc::detail {

template <class T>
struct unwrapped {
    using type = T;
};
template <class T, class E>
    requires is_result<boost::system::result<T, E>>
struct unwrapped<boost::system::result<T, E>> {
    using type = T;
};

/// The value of an operation's result: the `T` of `awaitable<T>` or `awaitable<result<T, E>>`.
template <class T>
using unwrapped_t = typename unwrapped<T>::type;

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_UNWRAPPED_HPP
