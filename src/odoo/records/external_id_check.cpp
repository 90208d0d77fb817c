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

// Odoo itself takes nearly anything; these are the characters and lengths that never failed on any version.
std::string trouble_with_external_id(std::string_view module, std::string_view name) {
    if (module.empty()) return "the module is empty";
    if (module.size() > 64) return "the module has more than 64 characters";
    if (!std::ranges::all_of(module, is_word)) return "the module may have letters, digits and _ only";
    if (module == "__import__") return "the module __import__ belongs to Odoo's own imports";
    if (name.empty()) return "the name is empty";
    if (name.size() > 128) return "the name has more than 128 characters";
    if (!std::ranges::all_of(name, is_word_or_hyphen)) return "the name may have letters, digits, _ and - only";
    return {};
}

}  // namespace zenoo_rpc::detail
