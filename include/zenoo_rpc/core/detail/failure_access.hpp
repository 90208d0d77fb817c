// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_FAILURE_ACCESS_HPP
#define ZENOO_RPC_CORE_DETAIL_FAILURE_ACCESS_HPP

#include <zenoo_rpc/core/failure.hpp>

namespace zenoo_rpc::detail {

/// Changes to a failure that only the engine makes.
struct FailureAccess {
    /// Renames the failure; its class, exception and delivery stay.
    static void set_code(Failure& failure, error_code code) noexcept { failure.code_ = code; }

    /// Records that the library ended an execution with this failure, so that an outer retry lets it pass.
    static void end_with(Failure& failure, ErrorClass ending) noexcept { failure.classes_ = failure.classes_ | ending; }

    /// Frees the exception; code, class, delivery and `retry_after` stay.
    static void drop_exception(Failure& failure) noexcept {
        failure.object_ = nullptr;
        failure.exception_ = nullptr;
    }
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CORE_DETAIL_FAILURE_ACCESS_HPP
