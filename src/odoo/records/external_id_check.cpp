// SPDX-License-Identifier: BSL-1.0
#include "odoo/records/external_id_check.hpp"

#include <algorithm>

namespace zenoo_rpc::detail {

namespace {

bool is_word(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_word_or_hyphen(char c) noexcept { return is_word(c) || c == '-'; }

}  // namespace

// Odoo itself accepts nearly anything; these are the characters and lengths that work on every version.
std::string external_id_error(std::string_view module, std::string_view name) {
    if (module.empty()) return "the module is empty";
    if (module.size() > 64)
        return "the module has " + std::to_string(module.size()) + " characters, at most 64 are allowed";
    if (!std::ranges::all_of(module, is_word)) return "the module may contain only letters, digits and _";
    if (module == "__import__") return "the module __import__ is reserved for Odoo's own imports";
    if (name.empty()) return "the name is empty";
    if (name.size() > 128)
        return "the name has " + std::to_string(name.size()) + " characters, at most 128 are allowed";
    if (!std::ranges::all_of(name, is_word_or_hyphen)) return "the name may contain only letters, digits, _ and -";
    return {};
}

}  // namespace zenoo_rpc::detail
