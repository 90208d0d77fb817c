// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/innermost.hpp"

#include <zenoo_rpc/async/detail/ambient_executor.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>

namespace zenoo_rpc::detail {

asio::any_io_executor innermost(asio::any_io_executor const& executor) {
    if (auto const* any = executor.target<asio::strand<asio::any_io_executor>>()) {
        return innermost(any->get_inner_executor());
    }
    if (auto const* io = executor.target<asio::strand<asio::io_context::executor_type>>()) {
        return io->get_inner_executor();
    }
    if (auto const* pool = executor.target<asio::strand<asio::thread_pool::executor_type>>()) {
        return pool->get_inner_executor();
    }
    if (auto const* ambient = executor.target<AmbientExecutor>()) return innermost(ambient->inner());
    return executor;
}

}  // namespace zenoo_rpc::detail
