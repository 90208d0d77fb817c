// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_IMPL_FAILURE_IPP
#define ZENOO_RPC_CORE_DETAIL_IMPL_FAILURE_IPP

// How a failure derives its properties from a code or an exception.

#include <zenoo_rpc/core/failure.hpp>

#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <typeinfo>
#include <utility>

namespace zenoo_rpc {

namespace detail {

/// Returns true for Asio's `multiple_exceptions`, thrown by `a() && b()`, which keeps only one of the exceptions: any
/// of the others may have left an outcome unknown. Recognized by name, because core includes no header of Asio.
ZENOO_RPC_DECL bool are_several(std::exception const& object) noexcept {
    std::string_view const name = typeid(object).name();
    return name.find("asio") != name.npos && name.find("multiple_exceptions") != name.npos;
}

}  // namespace detail

Failure::Failure(error_code code) noexcept { take_code(code); }

Failure::Failure(std::exception_ptr exception, std::exception const& object) noexcept
    : exception_{std::move(exception)}, object_{&object} {
    inspect(object);
}

Failure::Failure(std::exception_ptr exception) noexcept : exception_{std::move(exception)} {
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

std::string Failure::what() const { return object_ ? object_->what() : code_.message(); }

bool Failure::transient() const noexcept {
    return !overlap(classes_, library_outcomes | zenoo_rpc::never_retried) && meaning_of(code_).transient;
}

Failure Failure::cause() const noexcept {
    if (overlap(classes_, library_outcomes) && !overlap(own_classes(), library_outcomes)) {
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

/// Returns the classes of the exception or code itself, ignoring how the execution ended.
ErrorClass Failure::own_classes() const noexcept {
    auto const* ours = dynamic_cast<ZenooError const*>(object());
    return ours ? ours->classes_ : meaning_of(code_).classes;
}

void Failure::raise() const {
    if (exception_) std::rethrow_exception(exception_);
    throw boost::system::system_error{code_};
}

void Failure::take_code(error_code code) noexcept {
    code_ = code;
    auto const meaning = meaning_of(code);
    classes_ = meaning.classes;
    delivery_ = meaning.delivery;
    if (overlap(classes_, ErrorClass::concurrency)) retry_after_ = detail::backoff_after_conflict;
}

/// Takes the code of an exception, which is a failure even if its code is not.
void Failure::take_thrown(error_code code) noexcept {
    take_code(code.failed() ? code : make_error_code(Errc::unclassified));
}

void Failure::inspect(std::exception const& object) noexcept {
    if (auto const* ours = dynamic_cast<ZenooError const*>(&object)) {
        take_thrown(ours->code());
        classes_ = ours->classes_ | (classes_ & ErrorClass::cancelled);
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

/// Adopts the unknown outcome of a nested exception: wrapping it does not make the outcome known.
void Failure::take_unknown_outcome() noexcept {
    if (overlap(classes_, ErrorClass::outcome_unknown)) return;
    if (auto const nested = cause()) classes_ = classes_ | (nested.classes_ & ErrorClass::outcome_unknown);
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CORE_DETAIL_IMPL_FAILURE_IPP
