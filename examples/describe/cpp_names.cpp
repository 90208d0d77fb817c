// SPDX-License-Identifier: BSL-1.0
#include "cpp_names.hpp"

#include <algorithm>
#include <iterator>

namespace {

/// Keywords, and macros that C and system headers may define.
constexpr std::string_view taken[]{"alignas",
                                   "alignof",
                                   "and",
                                   "and_eq",
                                   "asm",
                                   "assert",
                                   "auto",
                                   "bitand",
                                   "bitor",
                                   "bool",
                                   "break",
                                   "case",
                                   "catch",
                                   "char",
                                   "char16_t",
                                   "char32_t",
                                   "char8_t",
                                   "class",
                                   "co_await",
                                   "co_return",
                                   "co_yield",
                                   "compl",
                                   "concept",
                                   "const",
                                   "const_cast",
                                   "consteval",
                                   "constexpr",
                                   "constinit",
                                   "continue",
                                   "decltype",
                                   "default",
                                   "delete",
                                   "do",
                                   "double",
                                   "dynamic_cast",
                                   "else",
                                   "enum",
                                   "errno",
                                   "explicit",
                                   "export",
                                   "extern",
                                   "false",
                                   "float",
                                   "for",
                                   "friend",
                                   "goto",
                                   "if",
                                   "inline",
                                   "int",
                                   "linux",
                                   "long",
                                   "mutable",
                                   "namespace",
                                   "new",
                                   "noexcept",
                                   "not",
                                   "not_eq",
                                   "nullptr",
                                   "operator",
                                   "or",
                                   "or_eq",
                                   "private",
                                   "protected",
                                   "public",
                                   "register",
                                   "requires",
                                   "return",
                                   "short",
                                   "signed",
                                   "sizeof",
                                   "static",
                                   "static_cast",
                                   "stderr",
                                   "stdin",
                                   "stdout",
                                   "static_assert",
                                   "struct",
                                   "switch",
                                   "template",
                                   "this",
                                   "thread_local",
                                   "throw",
                                   "true",
                                   "try",
                                   "typedef",
                                   "typeid",
                                   "typename",
                                   "union",
                                   "unix",
                                   "unsigned",
                                   "using",
                                   "virtual",
                                   "void",
                                   "volatile",
                                   "wchar_t",
                                   "while",
                                   "xor",
                                   "xor_eq",
                                   "EOF",
                                   "NULL",
                                   "reinterpret_cast"};

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is_identifier(std::string_view text) {
    if (text.empty() || is_digit(text.front())) return false;
    return std::ranges::all_of(text, [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

std::string member_name(std::string const& odoo_name) {
    bool const is_taken = std::ranges::find(taken, odoo_name) != std::end(taken);
    return is_taken || odoo_name.ends_with('_') ? odoo_name + '_' : odoo_name;
}

std::string type_name(std::string_view odoo_name) {
    std::string name;
    bool begins_word = true;
    for (char const c : odoo_name) {
        bool const belongs = is_letter(c) || is_digit(c);
        if (belongs) name += begins_word && is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
        begins_word = !belongs;
    }
    return name.empty() || is_digit(name.front()) ? "Model" + name : name;
}
