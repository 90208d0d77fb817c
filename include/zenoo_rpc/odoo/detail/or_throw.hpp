// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_DETAIL_OR_THROW_HPP
#define ZENOO_RPC_ODOO_DETAIL_OR_THROW_HPP

#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/operation.hpp>

#include <utility>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc::detail {

template <class T>
asio::awaitable<T> or_throw(asio::awaitable<Result<T>> call) {
    Result<T> result = co_await std::move(call);
    co_return std::move(result).value();
}

}  // namespace zenoo_rpc::detail
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ODOO_DETAIL_OR_THROW_HPP
