// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_INNER_EXECUTOR_HPP
#define ZENOO_RPC_ASYNC_DETAIL_INNER_EXECUTOR_HPP

#include <zenoo_rpc/async/detail/ambient_executor.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>

#include <optional>

namespace zenoo_rpc::detail {

/// What a strand of a known kind stands on; nothing if the executor is none.
[[gnu::noinline]] inline std::optional<asio::any_io_executor> under_strand(asio::any_io_executor const& executor) {
    if (auto const* any = executor.target<asio::strand<asio::any_io_executor>>()) return any->get_inner_executor();
    if (auto const* io = executor.target<asio::strand<asio::io_context::executor_type>>()) {
        return asio::any_io_executor{io->get_inner_executor()};
    }
    if (auto const* pool = executor.target<asio::strand<asio::thread_pool::executor_type>>()) {
        return asio::any_io_executor{pool->get_inner_executor()};
    }
    return std::nullopt;
}

/// The executor under strands and contexts: a timer of all must not wait for the strand of one.
[[gnu::noinline]] inline asio::any_io_executor innermost(asio::any_io_executor const& executor) {
    if (auto const inner = under_strand(executor)) return innermost(*inner);
    if (auto const* ambient = executor.target<AmbientExecutor>()) return innermost(ambient->inner());
    return executor;
}

/// Whoever makes an `io_context` with the hint 1 says that one thread runs it (Asio, "Concurrency Hints"). An Asio that
/// does not tell the hint may have several.
template <class Context>
bool has_one_thread(Context& context) {
    if constexpr (requires { asio::use_service<asio::detail::io_context_impl>(context).concurrency_hint(); }) {
        return asio::use_service<asio::detail::io_context_impl>(context).concurrency_hint()
               == BOOST_ASIO_CONCURRENCY_HINT_1;
    } else {
        return false;
    }
}

[[gnu::noinline]] inline bool is_serial(asio::any_io_executor const& executor) {
    if (auto const* ambient = executor.target<AmbientExecutor>()) return is_serial(ambient->inner());
    if (auto const* io = executor.target<asio::io_context::executor_type>()) return has_one_thread(io->context());
    return under_strand(executor).has_value();
}

/// An executor that never runs two handlers at a time: the one given, if it is known to be so.
///
/// An `any_io_executor` holds an `io_context`'s strand without memory of its own, other strands on the heap. They are
/// all of one kind, for each takes as long to compile as a retry does.
[[gnu::noinline]] inline asio::any_io_executor serial(asio::any_io_executor const& executor) {
    if (is_serial(executor)) return executor;
    if (auto const* io = executor.target<asio::io_context::executor_type>()) return asio::make_strand(*io);
    return asio::make_strand(executor);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_INNER_EXECUTOR_HPP
