// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CACHE_CACHE_STATISTICS_HPP
#define ZENOO_RPC_CACHE_CACHE_STATISTICS_HPP

#include <cstddef>
#include <cstdint>

namespace zenoo_rpc {

/// Counters of a cache since its construction.
struct CacheStatistics {
    std::uint64_t hits = 0;       ///< fresh values returned
    std::uint64_t misses = 0;     ///< look-ups without a value, and loads started
    std::uint64_t shared = 0;     ///< values and failures taken from another caller's load
    std::uint64_t stale = 0;      ///< expired values returned
    std::uint64_t evictions = 0;  ///< values removed to make room for others
    std::size_t entries = 0;      ///< values in the cache now, including expired ones

    bool operator==(CacheStatistics const&) const = default;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CACHE_CACHE_STATISTICS_HPP
