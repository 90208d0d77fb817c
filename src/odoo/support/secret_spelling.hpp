// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SUPPORT_SECRET_SPELLING_HPP
#define ZENOO_RPC_SRC_ODOO_SUPPORT_SECRET_SPELLING_HPP

#include <cstddef>
#include <string_view>

namespace zenoo_rpc::detail {

/// How many bytes at the beginning of a text are the secret: as it is, or escaped as Python's repr or JSON do. 0 if it
/// does not stand there. Makes no copy of it.
std::size_t length_of_secret(std::string_view text, std::string_view secret) noexcept;

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SUPPORT_SECRET_SPELLING_HPP
