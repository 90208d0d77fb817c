// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_AS_RESULT_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_AS_RESULT_HPP

#include "odoo/session/call_failures.hpp"

#include <zenoo_rpc/async/operation.hpp>

#include <exception>
#include <utility>

namespace zenoo_rpc::detail {

/// Awaits `work`, and returns an exception as an error. Only what was not sent throws: anything sent ends in a result.
template <class T>
asio::awaitable<Result<T>> as_result(asio::awaitable<Result<T>> work) {
    Failure failure;
    try {
        Result<T> result = co_await std::move(work);
        co_return result;
    } catch (std::exception const& error) {
        failure = not_sent(error);
    }
    co_return failure;
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_AS_RESULT_HPP
