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

/// What a value is kept under. Values of two types under one key do not meet.
struct CacheName {
    std::string key;
    std::type_index type;
};
/// The same, for looking up.
struct CacheNameView {
    CacheNameView(std::string_view key_, std::type_index type_) noexcept : key{key_}, type{type_} {}
    CacheNameView(CacheName const& name) noexcept : key{name.key}, type{name.type} {}

    CacheName owned() const { return {std::string{key}, type}; }

    std::string_view key;
    std::type_index type;
};
/// Orders by key first, so that all values of a key stand together.
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

/// So many values, of which the one that was not used for longest makes room. Reads no clock and locks nothing.
///
/// What leaves the store is handed out and not destroyed, for that may run code of the user's.
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

    /// Null if there is none. A value that is found has been used just now.
    CacheEntry const* find(CacheNameView const& name) {
        auto const found = entries_.find(name);
        if (found == entries_.end()) return nullptr;
        touch(found);
        return &*found;
    }

    /// Gives the value that this one replaces, and what had to make room, if anything had to.
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

    /// One value of that name, or of any type if it is only a key; empty if there is none.
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
