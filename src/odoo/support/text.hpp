// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SUPPORT_TEXT_HPP
#define ZENOO_RPC_SRC_ODOO_SUPPORT_TEXT_HPP

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

// Checks and comparisons of text.

namespace zenoo_rpc::detail {

/// Returns true for a control character, which would end a line or be invisible in it.
constexpr bool is_control(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
/// Returns true for a byte that is allowed in a line of an HTTP head, including bytes above 0x7f.
constexpr bool is_in_line(char c) noexcept { return !is_control(c) || c == '\t'; }
/// Returns true for a byte that is allowed in one word of an HTTP head.
constexpr bool is_in_word(char c) noexcept { return !is_control(c) && c != ' '; }

/// Returns true if every byte of `text` is good. Does not stop early: most texts are short and valid.
template <class IsGood>
bool all_of(std::string_view text, IsGood is_good) noexcept {
    bool all = true;
    for (char const c : text) all &= is_good(c);
    return all;
}

/// Throws `std::invalid_argument`, which names `what`, unless `word` can be one word of an HTTP head.
void require_one_word(char const* what, std::string_view word);

/// Returns true if `method` matches `pattern`: a name, or a prefix followed by `*`.
constexpr bool matches(std::string_view pattern, std::string_view method) noexcept {
    if (!pattern.ends_with('*')) return pattern == method;
    pattern.remove_suffix(1);
    return method.starts_with(pattern);
}

/// Returns true if `value` is that text. `value == text` would convert the text to a value, and terminate the program
/// if there is no memory for it.
bool is_text(nlohmann::json const& value, std::string_view text);

/// Returns the member `name` of a JSON object; empty if it is absent or not a text.
std::string text_in(nlohmann::json const& object, char const* name);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SUPPORT_TEXT_HPP
