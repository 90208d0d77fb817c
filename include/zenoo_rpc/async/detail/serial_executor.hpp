// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_SERIAL_EXECUTOR_HPP
#define ZENOO_RPC_ASYNC_DETAIL_SERIAL_EXECUTOR_HPP

#include <zenoo_rpc/core/detail/config.hpp>

#include <boost/asio/any_io_executor.hpp>

namespace zenoo_rpc::detail {

namespace asio = boost::asio;

/// Returns an executor that never runs two handlers concurrently: the given one if it is known to do that, else a
/// strand.
[[gnu::cold]] ZENOO_RPC_DECL asio::any_io_executor serial(asio::any_io_executor const& executor);

}  // namespace zenoo_rpc::detail

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/async/detail/impl/serial_executor.ipp>
#endif

#endif  // ZENOO_RPC_ASYNC_DETAIL_SERIAL_EXECUTOR_HPP
