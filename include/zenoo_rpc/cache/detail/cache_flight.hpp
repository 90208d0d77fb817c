// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CACHE_DETAIL_CACHE_FLIGHT_HPP
#define ZENOO_RPC_CACHE_DETAIL_CACHE_FLIGHT_HPP

#include <zenoo_rpc/async/detail/single_flight.hpp>
#include <zenoo_rpc/core/failure.hpp>

#include <memory>

namespace zenoo_rpc::detail {

/// Values of any type; what type it is, the name knows.
using CachedValue = std::shared_ptr<void const>;

/// The end of a load: a value, a failure, or an expired value and the failure that it stands in for.
struct CacheOutcome {
    CachedValue value = nullptr;
    Failure failure = {};
    bool is_shared = false;  ///< another caller has loaded it
};

/// One load. Its outcome is written under the lock of the cache.
struct CacheFlight : SingleFlight<CacheOutcome> {
    bool is_wanted = true;  ///< the value was not removed or set meanwhile
};

using CachePlace = FlightPlace<CacheOutcome, CacheFlight>;

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CACHE_DETAIL_CACHE_FLIGHT_HPP
