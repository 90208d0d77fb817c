// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SUPPORT_SECRET_HPP
#define ZENOO_RPC_SRC_ODOO_SUPPORT_SECRET_HPP

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace zenoo_rpc::detail {

/// Overwrites the text, including its unused capacity, and empties it.
void wipe(std::string& text) noexcept;

/// Overwrites a string at the end of its scope.
class WipedAtEnd {
public:
    explicit WipedAtEnd(std::string& secret) noexcept : secret_{secret} {}
    WipedAtEnd(WipedAtEnd const&) = delete;
    WipedAtEnd& operator=(WipedAtEnd const&) = delete;
    ~WipedAtEnd() { wipe(secret_); }

private:
    std::string& secret_;
};

/// A password or key, in a single memory block that is overwritten before it is freed.
class Secret {
public:
    /// Moves the secret out of `text`, which is wiped.
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
