// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CACHE_CACHE_OPTIONS_HPP
#define ZENOO_RPC_CACHE_CACHE_OPTIONS_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/core/detail/check.hpp>

#include <chrono>
#include <cstddef>

namespace zenoo_rpc {

/// How long a value is good for something.
struct CacheTimes {
    Duration time_to_live = std::chrono::minutes{5};
    /// How much longer it is given where a fresh one could not be had; see `CacheManager::cached`.
    Duration stale_if_error = Duration::zero();
};

struct CacheOptions {
    std::size_t max_entries = 1000;  ///< at least 1; of more, the one that was not used for longest goes
    Duration time_to_live = CacheTimes{}.time_to_live;
    Duration stale_if_error = CacheTimes{}.stale_if_error;

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
