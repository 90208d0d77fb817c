// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_NESTING_HPP
#define ZENOO_RPC_CORE_DETAIL_NESTING_HPP

#include <zenoo_rpc/core/failure.hpp>

#include <exception>
#include <utility>

namespace zenoo_rpc {

namespace detail {

template <class E>
struct Nested final : E, std::nested_exception {
    explicit Nested(E error) : E{std::move(error)} {}
};

/// Returns `error` as a pointer, with the exception of `cause` nested in it if there is one.
template <class E>
std::exception_ptr nesting(E error, Failure const& cause) {
    if (!cause) return std::make_exception_ptr(std::move(error));
    try {
        cause.raise();
    } catch (...) {
        return std::make_exception_ptr(Nested<E>{std::move(error)});  // nests the exception being handled
    }
}

}  // namespace detail

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CORE_DETAIL_NESTING_HPP
