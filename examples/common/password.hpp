// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_COMMON_PASSWORD_HPP
#define EXAMPLES_COMMON_PASSWORD_HPP

#include <string>

/// Returns the password from the environment variable `ZENOO_RPC_PASSWORD`, or from a prompt without echo.
///
/// Throws `std::runtime_error` if the variable is not set and standard input is not a terminal.
std::string ask_password(std::string const& user);

#endif  // EXAMPLES_COMMON_PASSWORD_HPP
