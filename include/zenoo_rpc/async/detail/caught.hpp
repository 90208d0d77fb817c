// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_CAUGHT_HPP
#define ZENOO_RPC_ASYNC_DETAIL_CAUGHT_HPP

#include <zenoo_rpc/core/detail/config.hpp>
#include <zenoo_rpc/core/failure.hpp>

#include <exception>

namespace zenoo_rpc::detail {

/// Fills `failure` with the exception that is being handled.
[[gnu::cold]] ZENOO_RPC_DECL void take_caught(Failure& failure, std::exception const* error) noexcept;

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
    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL void hold(std::exception const* error) noexcept;
    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL Failure release() noexcept;

private:
    static inline std::exception const something_else;

    std::exception const* error_ = nullptr;
    union {
        std::exception_ptr exception_;
    };
};

}  // namespace zenoo_rpc::detail

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/async/detail/impl/caught.ipp>
#endif

#endif  // ZENOO_RPC_ASYNC_DETAIL_CAUGHT_HPP
