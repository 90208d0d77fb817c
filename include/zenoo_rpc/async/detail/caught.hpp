// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_CAUGHT_HPP
#define ZENOO_RPC_ASYNC_DETAIL_CAUGHT_HPP

#include <zenoo_rpc/core/failure.hpp>

#include <exception>
#include <new>

namespace zenoo_rpc::detail {

/// Fills `failure` with the exception that is being handled.
[[gnu::noinline]] inline void take_caught(Failure& failure, std::exception const* error) noexcept {
    failure = error ? Failure{std::current_exception(), *error} : Failure{std::current_exception()};
}

/// Holds the exception that a catch handler caught. Its destructor does nothing, because each successful attempt would
/// pay for a check: an exception that it holds must be released.
class Caught {
public:
    Caught() noexcept {}
    ~Caught() {}
    Caught(Caught const&) = delete;
    Caught& operator=(Caught const&) = delete;

    explicit operator bool() const noexcept { return error_ != nullptr; }

    /// Stores the exception that is being handled; `error` is its object if it is a `std::exception`, else null.
    [[gnu::noinline]] void hold(std::exception const* error) noexcept {
        ::new (static_cast<void*>(&exception_)) std::exception_ptr{std::current_exception()};
        error_ = error ? error : &something_else;
    }
    [[gnu::noinline]] Failure release() noexcept {
        Failure failure = error_ == &something_else ? Failure{exception_} : Failure{exception_, *error_};
        exception_.~exception_ptr();
        error_ = nullptr;
        return failure;
    }

private:
    static inline std::exception const something_else;

    std::exception const* error_ = nullptr;
    union {
        std::exception_ptr exception_;
    };
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_CAUGHT_HPP
