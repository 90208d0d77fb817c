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

/// Values of any type by their keys, for a while. A handle: copies are one and the same cache.
///
/// A value is found under the type that it was set as, and is given as a copy; what is large may be set as a
/// `std::shared_ptr` of it. Failures are never kept.
///
/// Threads: safe to share, also between contexts.
class CacheManager {
public:
    /// Time is that of `executor`. Throws `std::invalid_argument` for unusable options.
    explicit CacheManager(asio::any_io_executor const& executor, CacheOptions const& options = {})
        : core_{std::make_shared<detail::CacheCore>(TimeService::of(executor).clock(), options)} {}

    /// Nothing if there is none, or if it has expired.
    template <class T>
    std::optional<T> get(std::string_view key) const {
        return copy_of<T>(core_->find({key, typeid(T)}, false));
    }
    /// The same also of one that has expired, for as long as `stale_if_error` says: for a handler of errors.
    template <class T>
    std::optional<T> get_stale(std::string_view key) const {
        return copy_of<T>(core_->find({key, typeid(T)}, true));
    }

    /// Text is kept as a `std::string`.
    template <class T>
    void set(std::string key, T&& value) const {
        set(std::move(key), std::forward<T>(value), core_->options().times());
    }
    template <class T>
    void set(std::string key, T&& value, Duration time_to_live) const {
        set(std::move(key), std::forward<T>(value), with(time_to_live));
    }
    template <class T>
    void set(std::string key, T&& value, CacheTimes const& times) const {
        using Value = detail::kept_t<T>;
        auto shared = std::make_shared<Value const>(std::forward<T>(value));
        core_->keep({std::move(key), typeid(Value)}, std::move(shared), detail::checked_times(times));
    }

    /// Forgets what is kept under that key, of whatever type; false if that is nothing. A load that is under way
    /// serves those who wait for it and is not kept: so call this after changing what was read.
    bool remove(std::string_view key) const { return core_->remove(key); }
    /// The same for all keys.
    void clear() const { core_->clear(); }

    CacheStatistics statistics() const { return core_->statistics(); }

    /// A layer: gives what is kept under `key`, else calls and keeps what comes. Of several callers at the same time
    /// one calls, and the others get what comes of it, failures too; if it is cancelled, another one calls.
    ///
    /// Where the call gives up as `fallback` understands it, an expired value is given for as long as `stale_if_error`
    /// says; not for permanent failures, unknown outcomes or cancellation. A limit belongs inside, `cached(key) |
    /// timeout(5s)`: outside, it cancels the caller. An operation must not ask for its own key.
    Pipeline<CachedLayer> cached(std::string key) const { return cached(std::move(key), core_->options().times()); }
    Pipeline<CachedLayer> cached(std::string key, Duration time_to_live) const {
        return cached(std::move(key), with(time_to_live));
    }
    Pipeline<CachedLayer> cached(std::string key, CacheTimes const& times) const {
        return Pipeline{CachedLayer{core_, std::move(key), times}};
    }

    /// The same around one operation.
    template <class Op>
        requires Operation<detail::owned_t<Op>>
    auto cached(std::string key, Duration time_to_live, Op&& operation) const {
        auto const layer = cached(std::move(key), time_to_live);
        return layer(std::forward<Op>(operation));
    }
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
