// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_FAILURE_ACCESS_HPP
#define ZENOO_RPC_CORE_DETAIL_FAILURE_ACCESS_HPP

#include <zenoo_rpc/core/failure.hpp>

namespace zenoo_rpc::detail {

/// Access to a failure that only the engine may use.
struct FailureAccess {
    /// Returns true if the failure is of one of `classes`, by the rules of `Failure::is`. For classes that are defined
    /// on higher floors.
    static bool has_class(Failure const& failure, ErrorClass classes) noexcept { return failure.has_class(classes); }

    /// Replaces the code; class, exception and delivery stay.
    static void set_code(Failure& failure, error_code code) noexcept { failure.code_ = code; }

    /// Records that the library ended an execution with this failure, so that an outer retry does not retry it.
    static void end_with(Failure& failure, ErrorClass outcome) noexcept {
        failure.classes_ = failure.classes_ | outcome;
    }

    /// Frees the exception; code, class, delivery and `retry_after` stay.
    static void drop_exception(Failure& failure) noexcept {
        failure.object_ = nullptr;
        failure.exception_ = nullptr;
    }
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CORE_DETAIL_FAILURE_ACCESS_HPP
