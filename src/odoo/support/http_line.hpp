// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SUPPORT_HTTP_LINE_HPP
#define ZENOO_RPC_SRC_ODOO_SUPPORT_HTTP_LINE_HPP

#include <stdexcept>
#include <string>
#include <string_view>

// What may stand in a line of a head.

namespace zenoo_rpc::detail {

/// Whether a byte may stand in a line; high ones may.
constexpr bool is_in_line(char c) noexcept { return (static_cast<unsigned char>(c) >= 0x20 || c == '\t') && c != 0x7f; }
constexpr bool is_in_word(char c) noexcept { return static_cast<unsigned char>(c) > ' ' && c != 0x7f; }

/// Looks at every byte: most texts are short, and all of it right.
template <class Fits>
bool all_of(std::string_view text, Fits fits) noexcept {
    bool all = true;
    for (char const c : text) all &= fits(c);
    return all;
}

inline void require_one_word(char const* what, std::string_view word) {
    if (word.empty() || !all_of(word, is_in_word)) {
        throw std::invalid_argument{"HTTP " + std::string{what} + " is empty, or has a space or control character"};
    }
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SUPPORT_HTTP_LINE_HPP
