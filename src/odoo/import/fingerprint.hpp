// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_IMPORT_FINGERPRINT_HPP
#define ZENOO_RPC_SRC_ODOO_IMPORT_FINGERPRINT_HPP

#include <cstdint>
#include <string_view>

namespace zenoo_rpc::detail {

/// Fingerprint of a sequence of texts: 64-bit FNV-1a. It is not cryptographic: collisions can be constructed.
class Fingerprint {
public:
    void add(std::string_view text) noexcept {
        for (char const c : text) add(static_cast<unsigned char>(c));
        add(0xff);  // ends the text: the byte does not occur in UTF-8
    }
    std::uint64_t get() const noexcept { return state_; }

private:
    void add(unsigned char byte) noexcept { state_ = (state_ ^ byte) * 0x100000001b3; }

    std::uint64_t state_ = 0xcbf29ce484222325;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_FINGERPRINT_HPP
