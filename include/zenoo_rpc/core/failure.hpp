// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_FAILURE_HPP
#define ZENOO_RPC_CORE_FAILURE_HPP

#include <zenoo_rpc/core/condition.hpp>
#include <zenoo_rpc/core/detail/config.hpp>
#include <zenoo_rpc/core/detail/null_when_moved.hpp>
#include <zenoo_rpc/core/zenoo_error.hpp>

#include <boost/assert/source_location.hpp>

#include <chrono>
#include <exception>
#include <string>

namespace zenoo_rpc {

namespace detail {

struct FailureAccess;

/// Delay after a conflict with another transaction; the server has already retried by itself.
inline constexpr Duration backoff_after_conflict = std::chrono::seconds{1};

}  // namespace detail

/// The bit of an exception class of this library; `none` for any other class.
template <class E>
inline constexpr ErrorClass class_bit = ErrorClass::none;
template <>
inline constexpr ErrorClass class_bit<ZenooError> = ErrorClass::zenoo;

/// The reason why an attempt failed: an error code, its class and delivery, and the exception if there is one.
///
/// Represents exceptions as well as errors returned in a `result<T, Failure>`, so that policies are written once. A
/// default-constructed `Failure` is empty and means that there was no failure.
class Failure {
public:
    Failure() = default;
    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL Failure(error_code code) noexcept;
    Failure(Errc code) noexcept : Failure{make_error_code(code)} {}
    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL explicit Failure(std::exception_ptr exception) noexcept;
    /// Constructs from an exception that a catch handler has caught, which avoids a rethrow.
    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL Failure(std::exception_ptr exception,
                                                        std::exception const& object) noexcept;

    explicit operator bool() const noexcept { return code_.failed(); }
    error_code code() const noexcept { return code_; }
    std::exception_ptr const& exception() const noexcept { return exception_; }
    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL std::string what() const;
    Delivery delivery() const noexcept { return delivery_; }
    /// Returns the requested delay before the next attempt (such as `Retry-After`); zero if none was requested.
    Duration retry_after() const noexcept { return retry_after_; }

    /// Returns true if the same request may succeed later. False for the final error of a retry, a circuit breaker or a
    /// bulk.
    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL bool transient() const noexcept;
    /// Returns true for failures that no policy may retry: cancellation, unknown outcomes, failed authentication, logic
    /// errors, out of memory.
    bool never_retried() const noexcept { return overlap(classes_, zenoo_rpc::never_retried); }
    /// Returns true for a cancellation. False for an unknown outcome, even one that a cancellation caused.
    bool cancelled() const noexcept {
        return overlap(classes_, ErrorClass::cancelled) && !overlap(classes_, ErrorClass::outcome_unknown);
    }

    /// Returns true if the exception is an `E`. For the library's own classes the code suffices, unless an exception of
    /// the library says otherwise. An error with which the library ended an execution matches only its exact class, not
    /// even `std::exception`.
    template <class E>
    bool is() const;
    /// Returns true if this failure, or one nested in it, is an `E`.
    template <class E>
    bool caused_by() const;
    /// Returns the failure nested in the exception, or this failure as it was before the library ended an execution
    /// with it; empty if there is neither.
    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL Failure cause() const noexcept;

    /// Throws the exception as it was caught, or a `boost::system::system_error` with the code if there is none.
    [[noreturn]] ZENOO_RPC_DECL void raise() const;

    void delivery(Delivery delivery) noexcept { delivery_ = delivery; }
    void retry_after(Duration delay) noexcept { retry_after_ = delay; }

private:
    friend struct detail::FailureAccess;

    ZENOO_RPC_DECL void take_code(error_code code) noexcept;
    ZENOO_RPC_DECL void take_thrown(error_code code) noexcept;
    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL void inspect(std::exception const& object) noexcept;
    ZENOO_RPC_DECL void take_unknown_outcome() noexcept;
    ZENOO_RPC_DECL ErrorClass own_classes() const noexcept;
    bool has_class(ErrorClass wanted) const noexcept;
    std::exception const* object() const noexcept { return object_; }
    template <class E>
    bool holds() const;

    error_code code_;
    std::exception_ptr exception_;
    detail::NullWhenMoved<std::exception const> object_;  // the object of exception_, if it is a std::exception
    Duration retry_after_ = Duration::zero();
    ErrorClass classes_ = ErrorClass::none;
    Delivery delivery_ = Delivery::unknown;
};

/// Makes `result<T, Failure>::value()` throw as `Failure::raise` does.
[[noreturn]] inline void throw_exception_from_error(Failure const& failure, boost::source_location const&) {
    failure.raise();
}

}  // namespace zenoo_rpc

#include <zenoo_rpc/core/detail/failure_classes.hpp>

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/core/detail/impl/failure.ipp>
#endif

#endif  // ZENOO_RPC_CORE_FAILURE_HPP
