// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CACHE_CACHE_OPTIONS_HPP
#define ZENOO_RPC_CACHE_CACHE_OPTIONS_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/core/detail/check.hpp>

#include <chrono>
#include <cstddef>

namespace zenoo_rpc {

/// Lifetime of a cached value.
struct CacheTimes {
    Duration time_to_live = std::chrono::minutes{5};  ///< time until it expires; 5 min by default
    /// Additional time for which an expired value replaces a failed load; see `CacheManager::cached`. 0 by default.
    Duration stale_if_error = Duration::zero();
};

/// Options of a cache.
struct CacheOptions {
    /// Minimum 1; beyond it, the least recently used value is evicted.
    std::size_t max_entries = 1000;
    Duration time_to_live = CacheTimes{}.time_to_live;      ///< default for values stored without `CacheTimes`
    Duration stale_if_error = CacheTimes{}.stale_if_error;  ///< default for values stored without `CacheTimes`

    CacheTimes times() const noexcept { return {time_to_live, stale_if_error}; }
};

namespace detail {

inline CacheTimes const& checked_times(CacheTimes const& times) {
    check_each(NotNegative{"CacheTimes::time_to_live", times.time_to_live},
               NotNegative{"CacheTimes::stale_if_error", times.stale_if_error});
    return times;
}

}  // namespace detail
}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CACHE_CACHE_OPTIONS_HPP
