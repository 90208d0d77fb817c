// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_INNER_EXECUTOR_HPP
#define ZENOO_RPC_ASYNC_DETAIL_INNER_EXECUTOR_HPP

#include <zenoo_rpc/core/detail/config.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <optional>

namespace zenoo_rpc::detail {

namespace asio = boost::asio;

/// Returns the executor under a strand of a known type; nothing if the executor is no such strand.
[[gnu::cold]] ZENOO_RPC_DECL std::optional<asio::any_io_executor> under_strand(asio::any_io_executor const& executor);

/// Returns the executor under all strands and ambient contexts: a shared timer must not wait for one caller's strand.
[[gnu::cold]] ZENOO_RPC_DECL asio::any_io_executor innermost(asio::any_io_executor const& executor);

/// Returns an executor that never runs two handlers concurrently: the given one if it is known to do that, else a
/// strand.
[[gnu::cold]] ZENOO_RPC_DECL asio::any_io_executor serial(asio::any_io_executor const& executor);

}  // namespace zenoo_rpc::detail

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/async/detail/impl/inner_executor.ipp>
#endif

#endif  // ZENOO_RPC_ASYNC_DETAIL_INNER_EXECUTOR_HPP
