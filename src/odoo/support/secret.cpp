// SPDX-License-Identifier: BSL-1.0
#include "odoo/support/secret.hpp"

#include <algorithm>
#include <string.h>

namespace zenoo_rpc::detail {

namespace {

void overwrite(char* bytes, std::size_t size) noexcept {
    explicit_bzero(bytes, size);  // unlike memset, never optimized away
}

}  // namespace

void wipe(std::string& text) noexcept {
    text.resize(text.capacity());  // does not reallocate: no copy is made
    overwrite(text.data(), text.size());
    text.clear();
}

Secret::Secret(std::string& text) : size_{text.size()}, bytes_{std::make_unique<char[]>(text.size())} {
    std::ranges::copy(text, bytes_.get());
    wipe(text);
}

Secret::~Secret() { overwrite(bytes_.get(), size_); }

}  // namespace zenoo_rpc::detail
