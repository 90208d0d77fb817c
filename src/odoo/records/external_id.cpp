// SPDX-License-Identifier: BSL-1.0
#include "odoo/records/external_id_check.hpp"
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

}  // namespace

ExternalId::ExternalId(std::string_view module, std::string_view name)
    : text_{std::string{module} + '.' + std::string{name}} {
    if (auto const error = detail::external_id_error(module, name); !error.empty()) {
        std::ranges::replace_if(text_, detail::is_control, '?');
        throw std::invalid_argument{"external id \"" + text_ + "\" is invalid: " + error};
    }
}

ExternalId ExternalId::of_content(std::string_view module, nlohmann::json const& content) {
    std::string text;
    try {
        text = content.dump();  // object keys in alphabetical order
    } catch (nlohmann::json::type_error const&) {
        throw std::invalid_argument{"ExternalId::of_content: the content has text that is not valid UTF-8"};
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
