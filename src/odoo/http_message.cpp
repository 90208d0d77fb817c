// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/odoo/http_message.hpp>

#include <algorithm>

namespace zenoo_rpc {

namespace {

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view left, std::string_view right) noexcept {
    return std::ranges::equal(left, right, [](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace

std::string_view find_header(std::vector<HttpHeader> const& headers, std::string_view name) noexcept {
    for (HttpHeader const& header : headers) {
        if (same_name(header.name, name)) return header.value;
    }
    return {};
}

}  // namespace zenoo_rpc
