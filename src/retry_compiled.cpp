// SPDX-License-Identifier: BSL-1.0
// The implementation of the retry part, compiled once: the target zenoo_rpc::retry_compiled.

#include <zenoo_rpc/async/detail/impl/caught.ipp>
#include <zenoo_rpc/async/detail/impl/deadline.ipp>
#include <zenoo_rpc/async/detail/impl/interruption.ipp>
#include <zenoo_rpc/async/detail/impl/outcome.ipp>
#include <zenoo_rpc/async/detail/impl/serial_executor.ipp>
#include <zenoo_rpc/async/detail/impl/timeline_keeper.ipp>
#include <zenoo_rpc/async/detail/impl/waits.ipp>
#include <zenoo_rpc/breaker/detail/impl/circuit_breaker.ipp>
#include <zenoo_rpc/core/detail/impl/check.ipp>
#include <zenoo_rpc/core/detail/impl/code_table.ipp>
#include <zenoo_rpc/core/detail/impl/condition.ipp>
#include <zenoo_rpc/core/detail/impl/duration_text.ipp>
#include <zenoo_rpc/core/detail/impl/errc.ipp>
#include <zenoo_rpc/core/detail/impl/failure.ipp>
#include <zenoo_rpc/core/detail/impl/random.ipp>
#include <zenoo_rpc/core/detail/impl/retry_timeline.ipp>
#include <zenoo_rpc/core/detail/impl/zenoo_error.ipp>
#include <zenoo_rpc/retry/detail/impl/final_errors.ipp>
