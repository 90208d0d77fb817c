// SPDX-License-Identifier: BSL-1.0
#include "odoo/support/text.hpp"

#include <zenoo_rpc/odoo/external_id.hpp>

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <new>
#include <random>
#include <span>
#include <stdexcept>

namespace zenoo_rpc {

namespace {

bool is_word(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}
constexpr std::size_t bytes_in_name = 16;

std::string hex(std::span<unsigned char const> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (auto const byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

bool is_word_or_hyphen(char c) noexcept { return is_word(c) || c == '-'; }

}  // namespace

// Odoo itself takes nearly anything; these are the characters and lengths that never failed on any version.
std::string detail::trouble_with_external_id(std::string_view module, std::string_view name) {
    if (module.empty()) return "the module is empty";
    if (module.size() > 64) return "the module has more than 64 characters";
    if (!std::ranges::all_of(module, is_word)) return "the module may have letters, digits and _ only";
    if (module == "__import__") return "the module __import__ belongs to Odoo's own imports";
    if (name.empty()) return "the name is empty";
    if (name.size() > 128) return "the name has more than 128 characters";
    if (!std::ranges::all_of(name, is_word_or_hyphen)) return "the name may have letters, digits, _ and - only";
    return {};
}

ExternalId::ExternalId(std::string_view module, std::string_view name)
    : text_{std::string{module} + '.' + std::string{name}} {
    if (auto const trouble = detail::trouble_with_external_id(module, name); !trouble.empty()) {
        std::ranges::replace_if(text_, detail::is_control, '?');
        throw std::invalid_argument{"external id \"" + text_ + "\": " + trouble};
    }
}

ExternalId ExternalId::of_content(std::string_view module, nlohmann::json const& content) {
    std::string text;
    try {
        text = content.dump();  // the keys of an object in the order of the alphabet
    } catch (nlohmann::json::type_error const&) {
        throw std::invalid_argument{"ExternalId::of_content: the text in it is not UTF-8"};
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash;
    if (EVP_Digest(text.data(), text.size(), hash.data(), nullptr, EVP_sha256(), nullptr) != 1) throw std::bad_alloc{};
    return {module, hex(std::span{hash}.first(bytes_in_name))};
}

ExternalId ExternalId::random(std::string_view module) {
    std::random_device device;
    std::array<unsigned char, bytes_in_name> bytes;
    std::ranges::generate(bytes, [&] { return static_cast<unsigned char>(device()); });
    return {module, hex(bytes)};
}

void to_json(nlohmann::json& json, ExternalId const& id) { json = id.text(); }

}  // namespace zenoo_rpc
