// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_IMPL_SERIAL_EXECUTOR_IPP
#define ZENOO_RPC_ASYNC_DETAIL_IMPL_SERIAL_EXECUTOR_IPP

#include <zenoo_rpc/async/detail/ambient_executor.hpp>
#include <zenoo_rpc/async/detail/serial_executor.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>

namespace zenoo_rpc::detail {

/// Returns true if one thread runs the context: an `io_context` created with the hint 1 promises that (Asio,
/// "Concurrency Hints"). Returns false if this version of Asio does not expose the hint.
template <class Context>
bool has_one_thread(Context& context) {
    if constexpr (requires { asio::use_service<asio::detail::io_context_impl>(context).concurrency_hint(); }) {
        return asio::use_service<asio::detail::io_context_impl>(context).concurrency_hint()
               == BOOST_ASIO_CONCURRENCY_HINT_1;
    } else {
        return false;
    }
}

[[gnu::cold]] ZENOO_RPC_DECL bool is_serial(asio::any_io_executor const& executor) {
    if (auto const* ambient = executor.target<AmbientExecutor>()) return is_serial(ambient->inner());
    if (auto const* io = executor.target<asio::io_context::executor_type>()) return has_one_thread(io->context());
    return executor.target<asio::strand<asio::any_io_executor>>()
           || executor.target<asio::strand<asio::io_context::executor_type>>()
           || executor.target<asio::strand<asio::thread_pool::executor_type>>();
}

/// An `any_io_executor` stores a strand of an `io_context` in place, other strands on the heap. Those have a single
/// type, because each further type costs as much compile time as a retry.
asio::any_io_executor serial(asio::any_io_executor const& executor) {
    if (is_serial(executor)) return executor;
    if (auto const* io = executor.target<asio::io_context::executor_type>()) return asio::make_strand(*io);
    return asio::make_strand(executor);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_IMPL_SERIAL_EXECUTOR_IPP
