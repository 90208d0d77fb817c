// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_BULK_RETRY_ERROR_HPP
#define ZENOO_RPC_ASYNC_BULK_RETRY_ERROR_HPP

#include <zenoo_rpc/async/bulk_results.hpp>
#include <zenoo_rpc/core/detail/error_kind.hpp>

#include <string>
#include <utility>

namespace zenoo_rpc {

/// Too few operations of a bulk succeeded, or it was ended early. `code()` is the code of the last failure, which is
/// nested; `operation_aborted` if the bulk was cancelled. An unknown outcome takes precedence over other failures.
class BulkRetryError : public detail::ErrorKind<ZenooError, ErrorClass::bulk_failed, Errc::bulk_failed>,
                       public BulkReport {
public:
    using ErrorKind::ErrorKind;
    BulkRetryError(error_code code, std::string const& what, BulkReport report)
        : ErrorKind{code, what, ErrorText::as_given}, BulkReport{std::move(report)} {}
};

template <>
inline constexpr ErrorClass class_bit<BulkRetryError> = ErrorClass::bulk_failed;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_BULK_RETRY_ERROR_HPP
