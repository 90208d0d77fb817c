// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CACHE_CACHE_STATISTICS_HPP
#define ZENOO_RPC_CACHE_CACHE_STATISTICS_HPP

#include <cstddef>
#include <cstdint>

namespace zenoo_rpc {

/// What a cache was good for since it was made.
struct CacheStatistics {
    std::uint64_t hits = 0;       ///< fresh values given
    std::uint64_t misses = 0;     ///< asked in vain, or a load begun
    std::uint64_t shared = 0;     ///< what another caller's load brought was given, be it a value or a failure
    std::uint64_t stale = 0;      ///< expired values given
    std::uint64_t evictions = 0;  ///< values that made room for others
    std::size_t entries = 0;      ///< kept now, expired ones too

    bool operator==(CacheStatistics const&) const = default;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CACHE_CACHE_STATISTICS_HPP
