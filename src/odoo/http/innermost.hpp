// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_INNERMOST_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_INNERMOST_HPP

#include <boost/asio/any_io_executor.hpp>

namespace zenoo_rpc::detail {

/// Returns the executor under all strands of known types and under ambient contexts: a connection outlives its first
/// caller, and must not wait for that caller's strand.
boost::asio::any_io_executor innermost(boost::asio::any_io_executor const& executor);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_INNERMOST_HPP
