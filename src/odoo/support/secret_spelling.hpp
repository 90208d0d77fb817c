// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SUPPORT_SECRET_SPELLING_HPP
#define ZENOO_RPC_SRC_ODOO_SUPPORT_SECRET_SPELLING_HPP

#include <cstddef>
#include <string_view>

namespace zenoo_rpc::detail {

/// Returns how many bytes at the beginning of a text spell the secret, verbatim or escaped as by Python's repr or JSON;
/// 0 if the text does not begin with it. Makes no copy of the secret.
std::size_t length_of_secret(std::string_view text, std::string_view secret) noexcept;

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SUPPORT_SECRET_SPELLING_HPP
