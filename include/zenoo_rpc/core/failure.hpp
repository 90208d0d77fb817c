// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_FAILURE_HPP
#define ZENOO_RPC_CORE_FAILURE_HPP

#include <zenoo_rpc/core/condition.hpp>
#include <zenoo_rpc/core/zenoo_error.hpp>

#include <boost/assert/source_location.hpp>

#include <chrono>
#include <concepts>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <typeinfo>
#include <utility>

namespace zenoo_rpc {

namespace detail {

/// A pointer into something that moves along with it.
template <class T>
class NullWhenMoved {
public:
    NullWhenMoved(T* pointer = nullptr) noexcept : pointer_{pointer} {}
    NullWhenMoved(NullWhenMoved const&) = default;
    NullWhenMoved(NullWhenMoved&& other) noexcept : pointer_{std::exchange(other.pointer_, nullptr)} {}
    NullWhenMoved& operator=(NullWhenMoved const&) = default;
    NullWhenMoved& operator=(NullWhenMoved&& other) noexcept {
        pointer_ = std::exchange(other.pointer_, nullptr);
        return *this;
    }

    operator T*() const noexcept { return pointer_; }
    T* operator->() const noexcept { return pointer_; }

private:
    T* pointer_;
};

/// Another transaction was in the way, and the server has tried again already.
inline constexpr Duration rest_after_conflict = std::chrono::seconds{1};

/// True for Asio's `multiple_exceptions`, of `a() && b()`, which keeps one of them: any of the others may have left an
/// outcome unknown. Known by its name, for the core needs no header of Asio's.
inline bool are_several(std::exception const& object) noexcept {
    std::string_view const name = typeid(object).name();
    return name.find("asio") != name.npos && name.find("multiple_exceptions") != name.npos;
}

}  // namespace detail

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
    /// What is nested in the exception, or was before `end_with`; empty if nothing is.
    Failure cause() const noexcept;

    /// Throws the exception as it was caught, or a `boost::system::system_error` of the code.
    [[noreturn]] void raise() const;

    /// What the failure is called from here on; its class, exception and delivery stay.
    void code(error_code code) noexcept { code_ = code; }
    void delivery(Delivery delivery) noexcept { delivery_ = delivery; }
    void retry_after(Duration delay) noexcept { retry_after_ = delay; }
    /// Records that the library ended an execution with this failure, so that an outer retry lets it pass.
    void end_with(ErrorClass ending) noexcept { classes_ = classes_ | ending; }
    /// Frees the exception; code, class, delivery and wish stay.
    void drop_exception() noexcept {
        object_ = nullptr;
        exception_ = nullptr;
    }

private:
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

[[gnu::noinline]] inline Failure::Failure(error_code code) noexcept { take_code(code); }

[[gnu::noinline]] inline Failure::Failure(std::exception_ptr exception, std::exception const& object) noexcept
    : exception_{std::move(exception)}, object_{&object} {
    inspect(object);
}

[[gnu::noinline]] inline Failure::Failure(std::exception_ptr exception) noexcept : exception_{std::move(exception)} {
    if (!exception_) return;
    try {
        std::rethrow_exception(exception_);
    } catch (std::exception const& object) {
        object_ = &object;
        inspect(object);
    } catch (...) {
        take_code(Errc::unclassified);
        take_unknown_outcome();
    }
}

[[gnu::noinline]] inline std::string Failure::what() const { return object_ ? object_->what() : code_.message(); }

[[gnu::noinline]] inline bool Failure::transient() const noexcept {
    return !overlap(classes_, library_endings | zenoo_rpc::never_retried) && meaning_of(code_).transient;
}

template <class E>
bool Failure::is() const {
    if constexpr (class_bit<E> != ErrorClass::none) {
        return has_class(class_bit<E>);
    } else if (!overlap(classes_, library_endings)) {
        return holds<E>();
    } else if constexpr (std::derived_from<E, ZenooError>) {  // a user's own class of ending
        auto const* ending = dynamic_cast<E const*>(object());
        return ending && overlap(ending->classes(), library_endings);
    } else {
        return false;
    }
}

template <class E>
bool Failure::caused_by() const {
    if (is<E>() || overlap(class_bit<E>, meaning_of(code_).classes)) return true;
    Failure const nested = cause();
    return nested && nested.caused_by<E>();
}

[[gnu::noinline]] inline Failure Failure::cause() const noexcept {
    if (overlap(classes_, library_endings) && !overlap(own_classes(), library_endings)) {
        Failure before = *this;
        before.classes_ = own_classes();
        return before;
    }
    if (object_) {
        auto const* nested = dynamic_cast<std::nested_exception const*>(object());
        return nested ? Failure{nested->nested_ptr()} : Failure{};
    }
    if (!exception_) return {};
    try {
        std::rethrow_exception(exception_);
    } catch (std::nested_exception const& nested) {
        return Failure{nested.nested_ptr()};
    } catch (...) {
        return {};
    }
}

/// What the exception or the code says by itself, whatever ended the execution.
inline ErrorClass Failure::own_classes() const noexcept {
    auto const* ours = dynamic_cast<ZenooError const*>(object());
    return ours ? ours->classes() : meaning_of(code_).classes;
}

inline void Failure::raise() const {
    if (exception_) std::rethrow_exception(exception_);
    throw boost::system::system_error{code_};
}

inline void Failure::take_code(error_code code) noexcept {
    code_ = code;
    auto const meaning = meaning_of(code);
    classes_ = meaning.classes;
    delivery_ = meaning.delivery;
    if (overlap(classes_, ErrorClass::concurrency)) retry_after_ = detail::rest_after_conflict;
}

/// An exception is a failure, even if the code in it is not.
inline void Failure::take_thrown(error_code code) noexcept {
    take_code(code.failed() ? code : make_error_code(Errc::unclassified));
}

[[gnu::noinline]] inline void Failure::inspect(std::exception const& object) noexcept {
    if (auto const* ours = dynamic_cast<ZenooError const*>(&object)) {
        take_thrown(ours->code());
        classes_ = ours->classes() | (classes_ & ErrorClass::cancelled);
        delivery_ = ours->delivery();
        retry_after_ = ours->retry_after();
    } else if (auto const* coded = dynamic_cast<boost::system::system_error const*>(&object)) {
        take_thrown(coded->code());
    } else if (auto const* standard = dynamic_cast<std::system_error const*>(&object)) {
        auto const& category = standard->code().category();
        bool const is_errno = category == std::system_category() || category == std::generic_category();
        take_thrown(is_errno ? error_code{standard->code().value(), boost::system::system_category()}
                             : error_code{standard->code()});
    } else {
        take_code(Errc::unclassified);
        if (dynamic_cast<std::logic_error const*>(&object)) classes_ = ErrorClass::logic_error;
        if (dynamic_cast<std::bad_alloc const*>(&object)) classes_ = ErrorClass::out_of_memory;
        if (detail::are_several(object)) classes_ = ErrorClass::outcome_unknown;
    }
    take_unknown_outcome();
}

/// Whatever is wrapped around it: what may have happened stays what may have happened.
inline void Failure::take_unknown_outcome() noexcept {
    if (overlap(classes_, ErrorClass::outcome_unknown)) return;
    if (auto const nested = cause()) classes_ = classes_ | (nested.classes_ & ErrorClass::outcome_unknown);
}

inline bool Failure::has_class(ErrorClass wanted) const noexcept {
    auto const ending = classes_ & library_endings;
    return overlap(wanted, ending == ErrorClass::none ? classes_ : ending);
}

template <class E>
bool Failure::holds() const {
    if (!exception_) return false;
    if constexpr (std::is_polymorphic_v<E>) {
        if (object_) return dynamic_cast<E const*>(object()) != nullptr;
    }
    try {
        std::rethrow_exception(exception_);
    } catch (E const&) {
        return true;
    } catch (...) {
        return false;
    }
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CORE_FAILURE_HPP
