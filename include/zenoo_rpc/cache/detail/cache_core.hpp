// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CACHE_DETAIL_CACHE_CORE_HPP
#define ZENOO_RPC_CACHE_DETAIL_CACHE_CORE_HPP

#include <zenoo_rpc/cache/cache_options.hpp>
#include <zenoo_rpc/cache/cache_statistics.hpp>
#include <zenoo_rpc/cache/detail/cache_flight.hpp>
#include <zenoo_rpc/cache/detail/cache_store.hpp>
#include <zenoo_rpc/core/detail/check.hpp>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <string_view>
#include <utility>

namespace zenoo_rpc::detail {

/// Cached values and the loads in progress. No user code runs under its lock.
///
/// Threads: safe to share.
class CacheCore {
public:
    CacheCore(std::shared_ptr<TimeSource const> clock, CacheOptions const& options)
        : options_{options}, clock_{std::move(clock)}, store_{options.max_entries} {
        check_each(Demand<std::size_t>{.member = "CacheOptions::max_entries",
                                       .value = options.max_entries,
                                       .met = options.max_entries >= 1,
                                       .should_be = "must be at least 1"},
                   NotNegative{"CacheOptions::time_to_live", options.time_to_live},
                   NotNegative{"CacheOptions::stale_if_error", options.stale_if_error});
    }

    CacheOptions const& options() const noexcept { return options_; }

    /// Returns a fresh value, or with `stale` an expired one within its `stale_if_error`. Null if there is none.
    CachedValue find(CacheNameView const& name, bool stale) {
        std::scoped_lock lock{mutex_};
        if (auto value = fresh(name)) return value;
        if (auto value = stale ? expired(name) : nullptr) return value;
        ++statistics_.misses;
        return nullptr;
    }

    /// Stores a value; it replaces the old one and that of a load in progress.
    void keep(CacheName name, CachedValue value, CacheTimes const& times) {
        std::pair<CachedValue, CacheStore::Removed> dropped;
        std::scoped_lock lock{mutex_};
        disown_flight(name);
        dropped = insert(std::move(name), std::move(value), times);
    }

    /// Removes the values under `key`. Returns false if there were none. Values of loads in progress are not stored.
    bool remove(std::string_view key) {
        bool removed = false;
        for (;;) {
            CacheStore::Removed dropped;
            std::scoped_lock lock{mutex_};
            auto const [first, last] = flights_.equal_range(key);
            for (auto flight = first; flight != last; flight = flights_.erase(flight))
                flight->second->is_wanted = false;
            dropped = store_.extract(key);
            if (!dropped) return removed;
            removed = true;
        }
    }
    /// Removes all values. Values of loads in progress are not stored.
    void clear() {
        CacheStore dropped{options_.max_entries};
        std::scoped_lock lock{mutex_};
        for (auto const& [name, flight] : flights_) flight->is_wanted = false;
        flights_.clear();
        store_.swap(dropped);
    }

    CacheStatistics statistics() const {
        std::scoped_lock lock{mutex_};
        auto now = statistics_;
        now.entries = store_.size();
        return now;
    }

    /// Returns a fresh value, as `join` would; null if there is none.
    CachedValue find_fresh(CacheNameView const& name) {
        std::scoped_lock lock{mutex_};
        return fresh(name);
    }
    /// Returns a fresh value, the load in progress, or else a new load to lead.
    CachePlace join(CacheNameView const& name) {
        std::scoped_lock lock{mutex_};
        if (auto value = fresh(name)) return {.known = CacheOutcome{.value = std::move(value)}};
        if (auto const found = flights_.find(name); found != flights_.end()) return {.flight = found->second};
        auto flight = std::make_shared<CacheFlight>();
        flights_.emplace(name.owned(), flight);
        ++statistics_.misses;
        return {.flight = std::move(flight), .leads = true};
    }
    /// Keeps later callers from joining a load that has ended.
    void forget(CacheFlight& flight, CacheNameView const& name) noexcept {
        std::scoped_lock lock{mutex_};
        auto const found = flights_.find(name);
        if (found != flights_.end() && found->second.get() == &flight) flights_.erase(found);
    }

    /// Hands the value of a load to the callers that wait for it, and stores it.
    void succeeded(CacheFlight& flight, CacheNameView const& name, CachedValue value, CacheTimes const& times) {
        std::pair<CachedValue, CacheStore::Removed> dropped;
        std::scoped_lock lock{mutex_};
        flight.outcome = CacheOutcome{.value = value, .is_shared = true};
        if (!flight.is_wanted) return;
        try {
            dropped = insert(name.owned(), std::move(value), times);
        } catch (std::bad_alloc const&) {  // the callers get the value, even if there is no memory to store it
        }
    }
    /// Hands the failure of a load to the callers that wait for it, with an expired value in its place if
    /// `may_be_stale`. Removes the value if the server `refuted` it.
    CacheOutcome failed(CacheFlight& flight, CacheNameView const& name, Failure failure, bool may_be_stale,
                        bool refuted) {
        CacheStore::Removed dropped;
        std::scoped_lock lock{mutex_};
        CacheOutcome outcome{.value = may_be_stale ? expired(name) : nullptr, .failure = std::move(failure)};
        flight.outcome = outcome;
        flight.outcome->is_shared = true;
        if (refuted && flight.is_wanted) dropped = store_.extract(name);
        return outcome;
    }
    /// Returns an expired value to one caller only; null if there is none.
    CachedValue expired_for_one(CacheNameView const& name) {
        std::scoped_lock lock{mutex_};
        return expired(name);
    }

    /// Counts an outcome that a caller got from another caller's load.
    void count_shared(CacheOutcome const& outcome) {
        std::scoped_lock lock{mutex_};
        ++statistics_.shared;
        if (outcome.value && outcome.failure) ++statistics_.stale;
    }

private:
    CachedValue fresh(CacheNameView const& name) {
        auto const* entry = store_.find(name);
        if (!entry || clock_->now() >= entry->fresh_until) return nullptr;
        ++statistics_.hits;
        return entry->value;
    }
    CachedValue expired(CacheNameView const& name) {
        auto const* entry = store_.find(name);
        if (!entry || clock_->now() >= entry->useful_until) return nullptr;
        ++statistics_.stale;
        return entry->value;
    }
    std::pair<CachedValue, CacheStore::Removed> insert(CacheName name, CachedValue value, CacheTimes const& times) {
        auto const fresh_until = saturating_add(clock_->now(), times.time_to_live);
        auto const useful_until = saturating_add(fresh_until, times.stale_if_error);
        auto dropped = store_.keep({std::move(name), std::move(value), fresh_until, useful_until});
        if (dropped.second) ++statistics_.evictions;
        return dropped;
    }
    void disown_flight(CacheNameView const& name) {
        auto const found = flights_.find(name);
        if (found == flights_.end()) return;
        found->second->is_wanted = false;
        flights_.erase(found);
    }

    CacheOptions const options_;
    std::shared_ptr<TimeSource const> const clock_;
    mutable std::mutex mutex_;  // guards the members below
    CacheStore store_;
    CacheStatistics statistics_;
    std::map<CacheName, std::shared_ptr<CacheFlight>, CacheNameLess> flights_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CACHE_DETAIL_CACHE_CORE_HPP
