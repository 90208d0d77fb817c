// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_IMPL_OUTCOME_IPP
#define ZENOO_RPC_ASYNC_DETAIL_IMPL_OUTCOME_IPP

#include <zenoo_rpc/async/detail/outcome.hpp>
#include <zenoo_rpc/core/errors.hpp>

namespace zenoo_rpc::detail {

error_code code_of(Failure const& failure) noexcept {
    if (!failure.never_retried() || Failure{failure.code()}.never_retried()) return failure.code();
    if (failure.caused_by<OutcomeUnknownError>()) return make_error_code(Errc::outcome_unknown);
    if (failure.is<AuthenticationError>()) return make_error_code(Errc::authentication_failed);
    return make_error_code(Errc::unclassified);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_IMPL_OUTCOME_IPP
