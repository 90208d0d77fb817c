// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_CAUGHT_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_CAUGHT_HPP

#include "odoo/session/outcome.hpp"

#include <zenoo_rpc/async/operation.hpp>

#include <exception>
#include <utility>

namespace zenoo_rpc::detail {

/// Runs `work`; what it throws becomes the result. It throws before anything is sent: what was, came as a result.
template <class T>
asio::awaitable<Result<T>> caught(asio::awaitable<Result<T>> work) {
    Failure failure;
    try {
        Result<T> result = co_await std::move(work);
        co_return result;
    } catch (std::exception const& error) {
        failure = Failure{std::current_exception(), error};
    }
    co_return as_thrown(std::move(failure), Delivery::not_sent);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_CAUGHT_HPP
