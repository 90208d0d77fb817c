// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CACHE_CACHE_MANAGER_HPP
#define ZENOO_RPC_CACHE_CACHE_MANAGER_HPP

#include <zenoo_rpc/async/decorate.hpp>
#include <zenoo_rpc/async/time_service.hpp>
#include <zenoo_rpc/cache/cached.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace zenoo_rpc {

/// Cache of values of any type, by key, with an expiry time. A handle: copies share one cache.
///
/// A value is found only under the type it was set as, and is returned as a copy; use a `std::shared_ptr` for large
/// values. Failures are never cached.
///
/// Threads: safe to share, also between contexts.
class CacheManager {
public:
    /// Uses the clock of `executor`. Throws `std::invalid_argument` for unusable options.
    explicit CacheManager(asio::any_io_executor const& executor, CacheOptions const& options = {})
        : core_{std::make_shared<detail::CacheCore>(TimeService::of(executor).clock(), options)} {}

    /// Returns the value of that type; nullopt if there is none or it has expired.
    template <class T>
    std::optional<T> get(std::string_view key) const {
        return copy_of<T>(core_->find({key, typeid(T)}, false));
    }
    /// Returns the value of that type, even if it expired no longer than `stale_if_error` ago. For error handlers.
    template <class T>
    std::optional<T> get_stale(std::string_view key) const {
        return copy_of<T>(core_->find({key, typeid(T)}, true));
    }

    /// Stores a value, which expires as set in the options. Text is stored as a `std::string`.
    template <class T>
    void set(std::string key, T&& value) const {
        set(std::move(key), std::forward<T>(value), core_->options().times());
    }
    /// Stores a value, which expires after `time_to_live`. Text is stored as a `std::string`.
    template <class T>
    void set(std::string key, T&& value, Duration time_to_live) const {
        set(std::move(key), std::forward<T>(value), with(time_to_live));
    }
    /// Stores a value, which expires as `times` says. Text is stored as a `std::string`.
    template <class T>
    void set(std::string key, T&& value, CacheTimes const& times) const {
        using Value = detail::kept_t<T>;
        auto shared = std::make_shared<Value const>(std::forward<T>(value));
        core_->keep({std::move(key), typeid(Value)}, std::move(shared), detail::checked_times(times));
    }

    /// Removes the values of all types under `key`. Returns false if there were none. A load that is in progress still
    /// serves its callers, but its value is not cached: call this after changing the original data.
    bool remove(std::string_view key) const { return core_->remove(key); }
    /// Removes all values. Loads in progress still serve their callers, but their values are not cached.
    void clear() const { core_->clear(); }

    /// Returns the counters since construction.
    CacheStatistics statistics() const { return core_->statistics(); }

    /// Returns a layer that yields the cached value of `key`, or else calls the operation and caches its value. Of
    /// concurrent callers one makes the call, and the others share its outcome, also a failure; if that caller is
    /// cancelled, another one makes the call.
    ///
    /// If the call fails in a way that `fallback` handles, an expired value is returned for up to `stale_if_error`
    /// longer; not for permanent failures, unknown outcomes or cancellation. Put a timeout inside, `cached(key) |
    /// timeout(5s)`: outside, it cancels the caller. An operation must not request its own key.
    Pipeline<CachedLayer> cached(std::string key) const { return cached(std::move(key), core_->options().times()); }
    /// Returns a layer that caches for `time_to_live`; see `cached(key)`.
    Pipeline<CachedLayer> cached(std::string key, Duration time_to_live) const {
        return cached(std::move(key), with(time_to_live));
    }
    /// Returns a layer that caches for the given times; see `cached(key)`.
    Pipeline<CachedLayer> cached(std::string key, CacheTimes const& times) const {
        return Pipeline{CachedLayer{core_, std::move(key), times}};
    }

    /// Runs one operation through a layer that caches for `time_to_live`; see `cached(key)`.
    template <class Op>
        requires Operation<detail::owned_t<Op>>
    auto cached(std::string key, Duration time_to_live, Op&& operation) const {
        auto const layer = cached(std::move(key), time_to_live);
        return layer(std::forward<Op>(operation));
    }
    /// Runs one operation through a layer that caches for the given times; see `cached(key)`.
    template <class Op>
        requires Operation<detail::owned_t<Op>>
    auto cached(std::string key, CacheTimes const& times, Op&& operation) const {
        auto const layer = cached(std::move(key), times);
        return layer(std::forward<Op>(operation));
    }

private:
    CacheTimes with(Duration time_to_live) const noexcept { return {time_to_live, core_->options().stale_if_error}; }
    template <class T>
    static std::optional<T> copy_of(detail::CachedValue const& value) {
        if (!value) return std::nullopt;
        return std::optional<T>{std::in_place, *static_cast<T const*>(value.get())};
    }

    std::shared_ptr<detail::CacheCore> core_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CACHE_CACHE_MANAGER_HPP
