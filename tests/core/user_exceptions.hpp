// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_CORE_USER_EXCEPTIONS_HPP
#define ZENOO_RPC_TESTS_CORE_USER_EXCEPTIONS_HPP

#include <zenoo_rpc/core/errors.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <stdexcept>

namespace zenoo_rpc::tests {

struct PaymentRefused : std::runtime_error {
    using runtime_error::runtime_error;
};
struct CableCut : NetworkError {
    using NetworkError::NetworkError;
};
struct NoStandardException {
    virtual ~NoStandardException() = default;
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_CORE_USER_EXCEPTIONS_HPP
