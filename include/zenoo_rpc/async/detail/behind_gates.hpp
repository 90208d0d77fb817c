// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_BEHIND_GATES_HPP
#define ZENOO_RPC_ASYNC_DETAIL_BEHIND_GATES_HPP

#include <zenoo_rpc/async/detail/stage.hpp>

#include <concepts>
#include <utility>

namespace zenoo_rpc::detail {

/// Returns an operation that passes `gates` and then calls `operation`, for a driver without gates of its own.
template <class Gates, class Op>
auto behind_gates(Gates gates, Op operation) {
    if constexpr (std::same_as<Gates, detail::Gates<>>) {
        return operation;
    } else {
        return Stage<PassOn, Gates, Op>{PassOn{}, std::move(gates), std::move(operation)};
    }
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_BEHIND_GATES_HPP
