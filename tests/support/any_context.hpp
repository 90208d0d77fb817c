// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_ANY_CONTEXT_HPP
#define ZENOO_RPC_TESTS_SUPPORT_ANY_CONTEXT_HPP

#include "support/catch.hpp"

#include <boost/asio/io_context.hpp>

namespace zenoo_rpc::tests {

/// Returns a concurrency hint; the test runs once for each. Limits use no strand if the context has one thread.
inline int any_context() { return GENERATE(BOOST_ASIO_CONCURRENCY_HINT_DEFAULT, BOOST_ASIO_CONCURRENCY_HINT_1); }

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_ANY_CONTEXT_HPP
