// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CACHE_DETAIL_CACHE_STORE_HPP
#define ZENOO_RPC_CACHE_DETAIL_CACHE_STORE_HPP

#include <zenoo_rpc/cache/detail/cache_flight.hpp>
#include <zenoo_rpc/core/clock.hpp>

#include <boost/multi_index/member.hpp>
#include <boost/multi_index/ordered_index.hpp>
#include <boost/multi_index/sequenced_index.hpp>
#include <boost/multi_index_container.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <typeindex>
#include <utility>

namespace zenoo_rpc::detail {

/// Key and type of a value. Values of different types under one key are independent.
struct CacheName {
    std::string key;
    std::type_index type;
};
/// View of a `CacheName`, for look-ups.
struct CacheNameView {
    CacheNameView(std::string_view key_, std::type_index type_) noexcept : key{key_}, type{type_} {}
    CacheNameView(CacheName const& name) noexcept : key{name.key}, type{name.type} {}

    CacheName owned() const { return {std::string{key}, type}; }

    std::string_view key;
    std::type_index type;
};
/// Orders by key first, so that all values of a key are adjacent.
struct CacheNameLess {
    using is_transparent = void;
    bool operator()(CacheNameView const& left, CacheNameView const& right) const noexcept {
        return std::tie(left.key, left.type) < std::tie(right.key, right.type);
    }
    bool operator()(CacheNameView const& left, std::string_view key) const noexcept { return left.key < key; }
    bool operator()(std::string_view key, CacheNameView const& right) const noexcept { return key < right.key; }
};

struct CacheEntry {
    CacheName name;
    CachedValue value;
    TimePoint fresh_until;
    TimePoint useful_until;
};

/// Bounded store that evicts the least recently used value. Reads no clock and locks nothing.
///
/// Values that leave the store are returned instead of destroyed, because a destructor may run user code.
class CacheStore {
    struct ByName;
    struct ByUse;
    using Name = boost::multi_index::member<CacheEntry, CacheName, &CacheEntry::name>;
    using Entries = boost::multi_index_container<
        CacheEntry, boost::multi_index::indexed_by<
                        boost::multi_index::ordered_unique<boost::multi_index::tag<ByName>, Name, CacheNameLess>,
                        boost::multi_index::sequenced<boost::multi_index::tag<ByUse>>>>;

public:
    using Removed = Entries::node_type;

    explicit CacheStore(std::size_t max_entries) : max_entries_{max_entries} {}

    std::size_t size() const noexcept { return entries_.size(); }

    /// Returns the value, and marks it as just used; null if there is none.
    CacheEntry const* find(CacheNameView const& name) {
        auto const found = entries_.find(name);
        if (found == entries_.end()) return nullptr;
        touch(found);
        return &*found;
    }

    /// Stores a value. Returns the value it replaces and the evicted entry, each empty if there is none.
    std::pair<CachedValue, Removed> keep(CacheEntry entry) {
        auto const found = entries_.find(entry.name);
        if (found != entries_.end()) {
            entries_.modify(found, [&](CacheEntry& kept) noexcept {
                kept.value.swap(entry.value);
                kept.fresh_until = entry.fresh_until;
                kept.useful_until = entry.useful_until;
            });
            touch(found);
            return {std::move(entry.value), Removed{}};
        }
        by_use().push_back(std::move(entry));
        if (entries_.size() <= max_entries_) return {};
        return {nullptr, by_use().extract(by_use().begin())};
    }

    /// Removes and returns one value of that name, or of any type for a plain key; empty if there is none.
    template <class NameOrKey>
    Removed extract(NameOrKey const& name) {
        auto const found = entries_.find(name, CacheNameLess{});
        return found == entries_.end() ? Removed{} : entries_.extract(found);
    }

    void swap(CacheStore& other) noexcept { entries_.swap(other.entries_); }

private:
    Entries::index<ByUse>::type& by_use() noexcept { return entries_.get<ByUse>(); }
    void touch(Entries::iterator entry) { by_use().relocate(by_use().end(), entries_.project<ByUse>(entry)); }

    std::size_t max_entries_;
    Entries entries_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CACHE_DETAIL_CACHE_STORE_HPP
