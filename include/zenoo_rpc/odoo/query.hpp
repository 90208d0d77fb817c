// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_QUERY_HPP
#define ZENOO_RPC_ODOO_QUERY_HPP

#include <zenoo_rpc/odoo/detail/field_name.hpp>
#include <zenoo_rpc/odoo/detail/query_core.hpp>
#include <zenoo_rpc/odoo/detail/query_face.hpp>
#include <zenoo_rpc/odoo/detail/row_target.hpp>
#include <zenoo_rpc/odoo/page_stream.hpp>
#include <zenoo_rpc/odoo/typed_field.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace zenoo_rpc {

/// Records of one model: which, and what is to be done with them. Made by `client.model<ResPartner>()`:
///
///     co_await client.model<ResPartner>().filter(field("is_company") == true).order_by("name").all()
///
/// A value: what adds to it gives another one, so that it can be kept, passed around, and asked as often as you like.
/// Nothing is sent before one of the functions that return an awaitable is awaited.
///
/// The names of fields in conditions and orders are checked before anything is sent: those that the struct does not
/// describe against what the server has, which is asked once in a session. Errors: `std::invalid_argument` that says
/// what it may have meant. Archived records match only a condition on `active`, as everywhere in Odoo.
///
/// Lifetime: independent of its client; calls own what they need.
template <ModelRow T, class Face = detail::Throwing>
class Query {
public:
    template <class Value>
    using Answer = typename Face::template Answer<Value>;

    /// Also this: twice is `&&`.
    Query filter(Domain condition) const { return Query{core_.filter(std::move(condition))}; }
    /// But not this.
    Query exclude(Domain condition) const { return Query{core_.filter(!std::move(condition))}; }
    /// Instead of the model's order: `order_by("is_company desc", &ResPartner::name)`. The last one counts.
    template <class... Terms>
    Query order_by(Terms const&... terms) const {
        std::string all;
        ((all += (all.empty() ? "" : ", ") + detail::name_of_field<T>(terms)), ...);
        return Query{core_.order_by(std::move(all))};
    }
    /// At most so many. Throws `std::invalid_argument` unless it is at least one: Odoo takes 0 for no limit.
    Query limit(std::int64_t records) const { return Query{core_.limit(records)}; }
    /// Without so many at the beginning.
    Query offset(std::int64_t records) const { return Query{core_.offset(records)}; }
    /// Reads these members and the id, and leaves the others as a new struct has them: names of fields or
    /// `&ResPartner::name`. Throws `std::invalid_argument` for what is no field of the struct.
    template <class... Names>
    Query only(Names const&... names) const {
        std::vector<std::string> all;
        (all.push_back(detail::name_of_field<T>(names)), ...);
        return Query{core_.only(all)};
    }
    /// For each of its calls.
    Query options(CallOptions options) const { return Query{core_.options(std::move(options))}; }

    Answer<std::vector<T>> all() const {
        auto target = std::make_unique<detail::RowTarget<T>>();
        auto call = core_.all(target->sink);
        return Face::answer(detail::rows_of(std::move(target), std::move(call)));
    }
    /// Nothing if there is none.
    Answer<std::optional<T>> first() const {
        auto target = std::make_unique<detail::RowTarget<T>>();
        auto call = core_.first(target->sink);
        return Face::answer(detail::first_row(std::move(target), std::move(call)));
    }
    /// The record of that id, archived or not, if it is one that the filters let through. Errors: `MissingError`.
    Answer<T> get(RecordId id) const {
        auto target = std::make_unique<detail::RowTarget<T>>();
        auto call = core_.get(id, target->sink);
        return Face::answer(detail::only_row(std::move(target), std::move(call)));
    }
    /// All of them, however many, page by page in the order of their ids: see `PageStream`. Throws
    /// `std::invalid_argument` if the query has an order, limit or offset of its own.
    typename Face::template Pages<T> stream(std::int64_t page_size = 1000) const {
        return Face::pages(PageResults<T>{core_.pages(page_size)});
    }

    /// Their ids.
    Answer<std::vector<RecordId>> search(Domain condition = {}) const {
        return Face::answer(core_.filter(std::move(condition)).search());
    }
    /// How many `all` would give.
    Answer<std::int64_t> count() const { return Face::answer(core_.count()); }
    /// Whether there is any.
    Answer<bool> exists() const { return Face::answer(core_.exists()); }

    /// A new record, whatever the filters say.
    Answer<RecordId> create(Values record) const { return Face::answer(core_.create(std::move(record))); }
    /// The same, once: safe to repeat. See `ZenooClient::create_once`.
    Answer<RecordId> create_once(ExternalId id, Values record) const {
        return Face::answer(core_.create_once(std::move(id), std::move(record)));
    }
    /// Writes these values into all that match, and says how many that were.
    ///
    /// Two calls, a search and a write: what ceases to match between them is written all the same, and if one is
    /// deleted between them, nothing is written (`MissingError`). The write is one transaction: all or none.
    /// Errors: `std::invalid_argument`, not sent, if there is no filter; `filter(Domain())` means all records.
    Answer<std::int64_t> update(Values changes) const { return Face::answer(core_.update(std::move(changes))); }
    /// Deletes all that match, in the same way.
    Answer<std::int64_t> unlink() const { return Face::answer(core_.unlink()); }

private:
    friend class ZenooClient;
    friend class ClientResults;

    explicit Query(detail::QueryCore core) : core_{std::move(core)} {}

    detail::QueryCore core_;
};

/// The same, nothing thrown. Made by `client.results().model<ResPartner>()`.
template <ModelRow T>
using QueryResults = Query<T, detail::Returning>;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_QUERY_HPP
