// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SUPPORT_TEXT_HPP
#define ZENOO_RPC_SRC_ODOO_SUPPORT_TEXT_HPP

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

// What may stand in a text, and what a text is compared with.

namespace zenoo_rpc::detail {

/// True for a byte that would end a line, or hide in it.
constexpr bool is_control(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
/// True for a byte that may stand in a line of an HTTP head; high ones may.
constexpr bool is_in_line(char c) noexcept { return !is_control(c) || c == '\t'; }
/// True for a byte that may stand in one word of such a line.
constexpr bool is_in_word(char c) noexcept { return !is_control(c) && c != ' '; }

/// True if every byte of `text` is good. Looks at all of them: most texts are short, and all of it right.
template <class IsGood>
bool all_of(std::string_view text, IsGood is_good) noexcept {
    bool all = true;
    for (char const c : text) all &= is_good(c);
    return all;
}

/// Throws `std::invalid_argument` that names `what` unless `word` can stand in a line of an HTTP head as one word.
void require_one_word(char const* what, std::string_view word);

/// True if `method` is what `pattern` says: its name, or with `*` at the end a beginning of it.
constexpr bool matches(std::string_view pattern, std::string_view method) noexcept {
    if (!pattern.ends_with('*')) return pattern == method;
    pattern.remove_suffix(1);
    return method.starts_with(pattern);
}

/// True if `value` is that text. `value == text` would make a value of the text, and end the program if there is no
/// memory for it.
bool is_text(nlohmann::json const& value, std::string_view text);

/// Returns the text that the member `name` of a JSON object is; empty if there is none, or it is no text.
std::string text_in(nlohmann::json const& object, char const* name);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SUPPORT_TEXT_HPP
