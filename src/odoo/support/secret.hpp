// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SUPPORT_SECRET_HPP
#define ZENOO_RPC_SRC_ODOO_SUPPORT_SECRET_HPP

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace zenoo_rpc::detail {

/// Overwrites the text, also what it had in reserve, and empties it.
void wipe(std::string& text) noexcept;

/// Overwrites a string when its scope ends.
class WipedAtEnd {
public:
    explicit WipedAtEnd(std::string& secret) noexcept : secret_{secret} {}
    WipedAtEnd(WipedAtEnd const&) = delete;
    WipedAtEnd& operator=(WipedAtEnd const&) = delete;
    ~WipedAtEnd() { wipe(secret_); }

private:
    std::string& secret_;
};

/// A password or key: in one place of memory, which is overwritten when it is given up.
class Secret {
public:
    /// Wipes the text that it is made from.
    explicit Secret(std::string& text);
    Secret(Secret const&) = delete;
    Secret& operator=(Secret const&) = delete;
    ~Secret();

    std::string_view text() const noexcept { return {bytes_.get(), size_}; }

private:
    std::size_t const size_;
    std::unique_ptr<char[]> const bytes_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SUPPORT_SECRET_HPP
