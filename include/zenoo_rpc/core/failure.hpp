// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_FAILURE_HPP
#define ZENOO_RPC_CORE_FAILURE_HPP

#include <zenoo_rpc/core/condition.hpp>
#include <zenoo_rpc/core/detail/null_when_moved.hpp>
#include <zenoo_rpc/core/zenoo_error.hpp>

#include <boost/assert/source_location.hpp>

#include <exception>
#include <string>

namespace zenoo_rpc {

namespace detail {
struct FailureAccess;
}

/// The bit of one of this library's exception classes; none for any other class.
template <class E>
inline constexpr ErrorClass class_bit = ErrorClass::none;
template <>
inline constexpr ErrorClass class_bit<ZenooError> = ErrorClass::zenoo;

/// Why an attempt did not succeed: an error code, its class, its delivery, and perhaps the exception that carried it.
///
/// Code that throws and code that returns `result<T, Failure>` meet here, so that policies are written once.
/// An empty one is no failure.
class Failure {
public:
    Failure() = default;
    Failure(error_code code) noexcept;
    Failure(Errc code) noexcept : Failure{make_error_code(code)} {}
    explicit Failure(std::exception_ptr exception) noexcept;
    /// For a catch handler, which has the object at hand: spares the rethrow.
    Failure(std::exception_ptr exception, std::exception const& object) noexcept;

    explicit operator bool() const noexcept { return code_.failed(); }
    error_code code() const noexcept { return code_; }
    std::exception_ptr const& exception() const noexcept { return exception_; }
    std::string what() const;
    Delivery delivery() const noexcept { return delivery_; }
    /// How long the other side asks to be left alone; zero if it did not say.
    Duration retry_after() const noexcept { return retry_after_; }

    /// True if the same request may succeed later, and this is not already the end of a retry, a circuit or a bulk.
    bool transient() const noexcept;
    /// True for what no policy may repeat: cancellation, unknown outcomes, wrong passwords, logic errors, no memory.
    bool never_retried() const noexcept { return overlap(classes_, zenoo_rpc::never_retried); }
    /// False for an unknown outcome, which is more than a cancellation even if that is its cause.
    bool cancelled() const noexcept {
        return overlap(classes_, ErrorClass::cancelled) && !overlap(classes_, ErrorClass::outcome_unknown);
    }

    /// True if the exception is an `E`; for the library's own classes the code is enough, where no exception of
    /// the library says otherwise. How the library ended an execution matches only its exact class, not even
    /// `std::exception`.
    template <class E>
    bool is() const;
    /// True if this, or anything nested in it, is an `E`.
    template <class E>
    bool caused_by() const;
    /// What is nested in the exception, or the failure as it was before the library ended an execution with it; empty
    /// if there is neither.
    Failure cause() const noexcept;

    /// Throws the exception as it was caught, or a `boost::system::system_error` of the code.
    [[noreturn]] void raise() const;

    void delivery(Delivery delivery) noexcept { delivery_ = delivery; }
    void retry_after(Duration delay) noexcept { retry_after_ = delay; }

private:
    friend struct detail::FailureAccess;

    void take_code(error_code code) noexcept;
    void take_thrown(error_code code) noexcept;
    void inspect(std::exception const& object) noexcept;
    void take_unknown_outcome() noexcept;
    ErrorClass own_classes() const noexcept;
    bool has_class(ErrorClass wanted) const noexcept;
    std::exception const* object() const noexcept { return object_; }
    template <class E>
    bool holds() const;

    error_code code_;
    std::exception_ptr exception_;
    detail::NullWhenMoved<std::exception const> object_;  // what exception_ points to, if it is a std::exception
    Duration retry_after_ = Duration::zero();
    ErrorClass classes_ = ErrorClass::none;
    Delivery delivery_ = Delivery::unknown;
};

/// Makes `result<T, Failure>::value()` throw what the failure holds.
[[noreturn]] inline void throw_exception_from_error(Failure const& failure, boost::source_location const&) {
    failure.raise();
}

}  // namespace zenoo_rpc

#include <zenoo_rpc/core/detail/failure_inspection.hpp>

#endif  // ZENOO_RPC_CORE_FAILURE_HPP
