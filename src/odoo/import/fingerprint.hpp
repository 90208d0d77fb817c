// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_IMPORT_FINGERPRINT_HPP
#define ZENOO_RPC_SRC_ODOO_IMPORT_FINGERPRINT_HPP

#include <cstdint>
#include <string_view>

namespace zenoo_rpc::detail {

/// Tells one sequence of texts from another: FNV-1a of 64 bits. No secret, and none against somebody who wants it
/// equal.
class Fingerprint {
public:
    void add(std::string_view text) noexcept {
        for (char const c : text) add(static_cast<unsigned char>(c));
        add(0xff);  // in no UTF-8: where the text ends
    }
    std::uint64_t get() const noexcept { return state_; }

private:
    void add(unsigned char byte) noexcept { state_ = (state_ ^ byte) * 0x100000001b3; }

    std::uint64_t state_ = 0xcbf29ce484222325;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_FINGERPRINT_HPP
