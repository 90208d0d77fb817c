// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_IMPL_CAUGHT_IPP
#define ZENOO_RPC_ASYNC_DETAIL_IMPL_CAUGHT_IPP

#include <zenoo_rpc/async/detail/caught.hpp>

#include <exception>
#include <new>

namespace zenoo_rpc::detail {

void take_caught(Failure& failure, std::exception const* error) noexcept {
    failure = error ? Failure{std::current_exception(), *error} : Failure{std::current_exception()};
}

void Caught::hold(std::exception const* error) noexcept {
    ::new (static_cast<void*>(&exception_)) std::exception_ptr{std::current_exception()};
    error_ = error ? error : &something_else;
}

Failure Caught::release() noexcept {
    Failure failure = error_ == &something_else ? Failure{exception_} : Failure{exception_, *error_};
    exception_.~exception_ptr();
    error_ = nullptr;
    return failure;
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_IMPL_CAUGHT_IPP
