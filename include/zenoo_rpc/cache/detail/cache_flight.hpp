// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CACHE_DETAIL_CACHE_FLIGHT_HPP
#define ZENOO_RPC_CACHE_DETAIL_CACHE_FLIGHT_HPP

#include <zenoo_rpc/async/detail/single_flight.hpp>
#include <zenoo_rpc/core/failure.hpp>

#include <memory>

namespace zenoo_rpc::detail {

/// Value of any type; its `CacheName` has the type.
using CachedValue = std::shared_ptr<void const>;

/// Outcome of a load: a value, a failure, or an expired value and the failure it replaces.
struct CacheOutcome {
    CachedValue value = nullptr;
    Failure failure = {};
    bool is_shared = false;  ///< loaded by another caller
};

/// One load. Its outcome is written under the lock of the cache.
struct CacheFlight : SingleFlight<CacheOutcome> {
    bool is_wanted = true;  ///< false once the value was removed or set during the load
};

using CachePlace = FlightPlace<CacheOutcome, CacheFlight>;

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CACHE_DETAIL_CACHE_FLIGHT_HPP
