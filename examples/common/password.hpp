// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_COMMON_PASSWORD_HPP
#define EXAMPLES_COMMON_PASSWORD_HPP

#include <string>

/// The password from the environment (`ZENOO_RPC_PASSWORD`), or from a prompt that shows nothing of it.
///
/// Throws `std::runtime_error` if there is neither a variable nor a terminal.
std::string ask_password(std::string const& user);

#endif  // EXAMPLES_COMMON_PASSWORD_HPP
