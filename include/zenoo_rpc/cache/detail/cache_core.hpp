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

/// What a cache keeps, and the loads that are under way. No code of the user's runs under its lock.
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

    /// Returns a value that has not expired; or that has, if `stale` and it is not too old. Null if there is none.
    CachedValue find(CacheNameView const& name, bool stale) {
        std::scoped_lock lock{mutex_};
        if (auto value = fresh(name)) return value;
        if (auto value = stale ? expired(name) : nullptr) return value;
        ++statistics_.misses;
        return nullptr;
    }

    /// Keeps a value in place of what was there, and of what is being loaded.
    void keep(CacheName name, CachedValue value, CacheTimes const& times) {
        std::pair<CachedValue, CacheStore::Removed> dropped;
        std::scoped_lock lock{mutex_};
        disown_flight(name);
        dropped = insert(std::move(name), std::move(value), times);
    }

    /// False if there was nothing. What is being loaded is not kept when it comes.
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

    /// Returns a value that has not expired, as `join` would; null if there is none.
    CachedValue find_fresh(CacheNameView const& name) {
        std::scoped_lock lock{mutex_};
        return fresh(name);
    }
    /// Returns a value that has not expired, the load of one that is under way, or else a load to lead.
    CachePlace join(CacheNameView const& name) {
        std::scoped_lock lock{mutex_};
        if (auto value = fresh(name)) return {.known = CacheOutcome{.value = std::move(value)}};
        if (auto const found = flights_.find(name); found != flights_.end()) return {.flight = found->second};
        auto flight = std::make_shared<CacheFlight>();
        flights_.emplace(name.owned(), flight);
        ++statistics_.misses;
        return {.flight = std::move(flight), .leads = true};
    }
    /// Has later callers not join a load any more, because it has ended.
    void forget(CacheFlight& flight, CacheNameView const& name) noexcept {
        std::scoped_lock lock{mutex_};
        auto const found = flights_.find(name);
        if (found != flights_.end() && found->second.get() == &flight) flights_.erase(found);
    }

    /// A load has brought a value, for all who wait for it.
    void succeeded(CacheFlight& flight, CacheNameView const& name, CachedValue value, CacheTimes const& times) {
        std::pair<CachedValue, CacheStore::Removed> dropped;
        std::scoped_lock lock{mutex_};
        flight.outcome = CacheOutcome{.value = value, .is_shared = true};
        if (!flight.is_wanted) return;
        try {
            dropped = insert(name.owned(), std::move(value), times);
        } catch (std::bad_alloc const&) {  // it has come, even if there is no room for keeping it
        }
    }
    /// A load has failed, for all who wait for it: an expired value takes its place if `may_be_stale`. What the other
    /// side `refuted` is not kept any longer.
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
    /// An expired value for one caller alone.
    CachedValue expired_for_one(CacheNameView const& name) {
        std::scoped_lock lock{mutex_};
        return expired(name);
    }

    /// Counts what a caller has got from another one's load.
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
    mutable std::mutex mutex_;  // of what follows
    CacheStore store_;
    CacheStatistics statistics_;
    std::map<CacheName, std::shared_ptr<CacheFlight>, CacheNameLess> flights_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CACHE_DETAIL_CACHE_CORE_HPP
