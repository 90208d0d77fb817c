// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SETTLED_PREFIX_HPP
#define ZENOO_RPC_SRC_ODOO_SETTLED_PREFIX_HPP

#include <cstdint>
#include <map>

namespace zenoo_rpc::detail {

/// How many records, from the first on, are settled, while batches end in any order.
class SettledPrefix {
public:
    explicit SettledPrefix(std::uint64_t settled) noexcept : settled_{settled} {}

    std::uint64_t get() const noexcept { return settled_; }

    /// The records from `first` on, up to `last`, which is none of them. True if the prefix has grown.
    bool add(std::uint64_t first, std::uint64_t last) {
        ahead_.emplace(first, last);
        auto const before = settled_;
        while (!ahead_.empty() && ahead_.begin()->first == settled_) {
            settled_ = ahead_.begin()->second;
            ahead_.erase(ahead_.begin());
        }
        return settled_ != before;
    }

private:
    std::uint64_t settled_;
    std::map<std::uint64_t, std::uint64_t> ahead_;  // first and last of what is settled behind a gap
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SETTLED_PREFIX_HPP
