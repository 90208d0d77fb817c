// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_ERROR_KIND_HPP
#define ZENOO_RPC_CORE_DETAIL_ERROR_KIND_HPP

#include <zenoo_rpc/core/failure.hpp>

#include <string>

namespace zenoo_rpc {

namespace detail {

/// Defines an exception class by its base class, its bit, and the code it has when it is constructed from text only.
template <class Base, ErrorClass Own, Errc Default>
class ErrorKind : public Base {
public:
    explicit ErrorKind(std::string const& what) : ErrorKind{error_code{Default}, what, ErrorText::as_given} {}
    ErrorKind(error_code code, std::string const& what, ErrorText text = ErrorText::with_code)
        : Base{code, what, text} {
        ZenooError& base = *this;
        base.classes_ = base.classes_ | Own;
    }
};

}  // namespace detail

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CORE_DETAIL_ERROR_KIND_HPP
