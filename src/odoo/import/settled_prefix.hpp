// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_IMPORT_SETTLED_PREFIX_HPP
#define ZENOO_RPC_SRC_ODOO_IMPORT_SETTLED_PREFIX_HPP

#include <zenoo_rpc/odoo/checkpoint.hpp>

#include <cstdint>
#include <map>

namespace zenoo_rpc::detail {

/// Tracks how many records, counted from the first, are settled while batches end in any order.
class SettledPrefix {
public:
    ImportProgress const& get() const noexcept { return settled_; }

    void begin_at(ImportProgress const& settled) noexcept { settled_ = settled; }
    /// Adds the batch from record `first` to `end`. Returns true if the prefix has grown.
    bool add(std::uint64_t first, ImportProgress const& end) {
        ahead_.emplace(first, end);
        auto const before = settled_.settled;
        while (!ahead_.empty() && ahead_.begin()->first == settled_.settled) {
            settled_ = ahead_.begin()->second;
            ahead_.erase(ahead_.begin());
        }
        return settled_.settled != before;
    }

private:
    ImportProgress settled_;
    std::map<std::uint64_t, ImportProgress> ahead_;  // batches settled after a gap, by their first record
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_SETTLED_PREFIX_HPP
