// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_RETRY_ERRORS_HPP
#define ZENOO_RPC_RETRY_RETRY_ERRORS_HPP

#include <zenoo_rpc/core/errors.hpp>
#include <zenoo_rpc/core/retry_timeline.hpp>

#include <exception>
#include <memory>
#include <string>
#include <utility>

namespace zenoo_rpc {

/// Summary of an execution that failed: attempts, time and last failure.
class RetryReport {
public:
    RetryReport() = default;
    RetryReport(int attempts, Duration elapsed, Failure last_failure,
                std::shared_ptr<RetryTimeline const> timeline = nullptr)
        : attempts_{attempts},
          elapsed_{elapsed},
          last_failure_{std::move(last_failure)},
          timeline_{std::move(timeline)} {}

    int attempts() const noexcept { return attempts_; }
    /// Returns the time since the execution began, or since its first failure if nothing needed the clock before.
    Duration elapsed() const noexcept { return elapsed_; }
    Failure const& last_failure() const noexcept { return last_failure_; }
    /// Returns the exception of the last attempt; null if it did not throw.
    std::exception_ptr const& last_exception() const noexcept { return last_failure_.exception(); }
    /// Returns the records of all attempts; empty unless the policy sets `keep_timeline`.
    RetryTimeline const& timeline() const noexcept {
        static RetryTimeline const none;
        return timeline_ ? *timeline_ : none;
    }

private:
    int attempts_ = 0;
    Duration elapsed_ = Duration::zero();
    Failure last_failure_;
    std::shared_ptr<RetryTimeline const> timeline_;
};

/// All attempts failed. `code()` is the code of the last failure, which is nested.
class RetryExhaustedError : public detail::ErrorKind<ZenooError, ErrorClass::retry_exhausted, Errc::retry_exhausted>,
                            public RetryReport {
public:
    using ErrorKind::ErrorKind;
    RetryExhaustedError(error_code code, std::string const& what, RetryReport report)
        : ErrorKind{code, what, ErrorText::as_given}, RetryReport{std::move(report)} {}
};

/// The total time limit ended the execution. `code()` is the code of the last failure, which is nested, if there was
/// one.
class RetryTimeoutError : public detail::ErrorKind<TimeoutError, ErrorClass::retry_timeout, Errc::retry_timeout>,
                          public RetryReport {
public:
    using ErrorKind::ErrorKind;
    RetryTimeoutError(error_code code, std::string const& what, RetryReport report)
        : ErrorKind{code, what, ErrorText::as_given}, RetryReport{std::move(report)} {}
};

template <>
inline constexpr ErrorClass class_bit<RetryExhaustedError> = ErrorClass::retry_exhausted;
template <>
inline constexpr ErrorClass class_bit<RetryTimeoutError> = ErrorClass::retry_timeout;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_RETRY_ERRORS_HPP
