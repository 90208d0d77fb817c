// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_FAILURE_CLASSES_HPP
#define ZENOO_RPC_CORE_DETAIL_FAILURE_CLASSES_HPP

// How a failure answers whether it is of a class.

#include <zenoo_rpc/core/failure.hpp>

#include <concepts>
#include <exception>
#include <type_traits>

namespace zenoo_rpc {

template <class E>
bool Failure::is() const {
    if constexpr (class_bit<E> != ErrorClass::none) {
        return has_class(class_bit<E>);
    } else if (!overlap(classes_, library_outcomes)) {
        return holds<E>();
    } else if constexpr (std::derived_from<E, ZenooError>) {  // a user's class derived from a final error
        auto const* error = dynamic_cast<E const*>(object());
        return error && overlap(error->classes_, library_outcomes);
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

inline bool Failure::has_class(ErrorClass wanted) const noexcept {
    auto const final_classes = classes_ & library_outcomes;
    return overlap(wanted, final_classes == ErrorClass::none ? classes_ : final_classes);
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

#endif  // ZENOO_RPC_CORE_DETAIL_FAILURE_CLASSES_HPP
