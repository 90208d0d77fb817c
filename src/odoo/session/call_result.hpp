// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_CALL_RESULT_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_CALL_RESULT_HPP

#include "odoo/session/call.hpp"

#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/odoo/client_options.hpp>

#include <cstdint>

namespace zenoo_rpc::detail {

/// Returns the outcome of one attempt: the result of the call, or its failure. `id` is that of the request;
/// `on_traceback` may be null. Moves the response into `Call::page` if that is set.
Result<nlohmann::json> result_of(Result<HttpResponse>& response, Call const& call, std::int64_t id,
                                 TracebackObserver const* on_traceback);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_CALL_RESULT_HPP
