// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_EXCEPTIONS_HPP
#define ZENOO_RPC_EXCEPTIONS_HPP

// All exceptions of the library. Needs only the headers of Boost.

#include <zenoo_rpc/async/bulk_retry_error.hpp>
#include <zenoo_rpc/breaker/circuit_breaker_open_error.hpp>
#include <zenoo_rpc/core/errors.hpp>
#include <zenoo_rpc/odoo/errors.hpp>
#include <zenoo_rpc/retry/retry_errors.hpp>

#endif  // ZENOO_RPC_EXCEPTIONS_HPP
