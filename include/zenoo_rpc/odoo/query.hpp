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

/// Query for records of one model. Made by `client.model<ResPartner>()`:
///
///     co_await client.model<ResPartner>().filter(field("is_company") == true).order_by("name").all()
///
/// An immutable value: functions that refine a query return another one, so that queries can be kept, passed around and
/// executed repeatedly. Nothing is sent before one of the functions that return an awaitable is awaited.
///
/// The names of fields in conditions and orders are checked before the query is sent: those that the struct does not
/// describe against the fields of the model, which are read once per session. Errors: `std::invalid_argument`, which
/// suggests similar names. Archived records match only a condition on `active`, as everywhere in Odoo.
///
/// Lifetime: independent of its client; calls own what they need.
template <ModelRow T, class Face = detail::Throwing>
class Query {
public:
    template <class Value>
    using Return = typename Face::template Return<Value>;

    /// Adds a condition; several filters are combined with AND.
    Query filter(Domain condition) const { return Query{core_.filter(std::move(condition))}; }
    /// Adds the negation of `condition`.
    Query exclude(Domain condition) const { return Query{core_.filter(!std::move(condition))}; }
    /// Replaces the order: `order_by("is_company desc", &ResPartner::name)`. Without it, the model's own order applies.
    template <class... Terms>
    Query order_by(Terms const&... terms) const {
        std::string all;
        ((all += (all.empty() ? "" : ", ") + detail::name_of_field<T>(terms)), ...);
        return Query{core_.order_by(std::move(all))};
    }
    /// Limits the number of records. Throws `std::invalid_argument` unless it is at least 1: Odoo takes 0 for no limit.
    Query limit(std::int64_t records) const { return Query{core_.limit(records)}; }
    /// Skips the first `records` matches. Throws `std::invalid_argument` for a negative number.
    Query offset(std::int64_t records) const { return Query{core_.offset(records)}; }
    /// Reads only the id and these members, given by field name or as `&ResPartner::name`; the others keep the values
    /// of a new struct. Throws `std::invalid_argument` for a name that is not a field of the struct.
    template <class... Names>
    Query only(Names const&... names) const {
        std::vector<std::string> all;
        (all.push_back(detail::name_of_field<T>(names)), ...);
        return Query{core_.only(all)};
    }
    /// Sets the options of each call that the query makes.
    Query options(CallOptions options) const { return Query{core_.options(std::move(options))}; }

    /// Returns the records that match.
    Return<std::vector<T>> all() const {
        auto target = std::make_unique<detail::RowTarget<T>>();
        auto call = core_.all(target->sink);
        return Face::adapt(detail::rows_of(std::move(target), std::move(call)));
    }
    /// Returns the first record that matches, or nothing if there is none.
    Return<std::optional<T>> first() const {
        auto target = std::make_unique<detail::RowTarget<T>>();
        auto call = core_.first(target->sink);
        return Face::adapt(detail::first_row(std::move(target), std::move(call)));
    }
    /// Returns the record of that id, archived or not, if the filters match it. Errors: `MissingError`.
    Return<T> get(RecordId id) const {
        auto target = std::make_unique<detail::RowTarget<T>>();
        auto call = core_.get(id, target->sink);
        return Face::adapt(detail::only_row(std::move(target), std::move(call)));
    }
    /// Streams all records that match, however many, page by page in the order of their ids: see `PageStream`. Throws
    /// `std::invalid_argument` if the query has an order, limit or offset, or `page_size` is less than 1.
    typename Face::template Pages<T> stream(std::int64_t page_size = 1000) const {
        return Face::pages(PageResults<T>{core_.pages(page_size)});
    }

    /// Returns the ids of the records that match the query and `condition`.
    Return<std::vector<RecordId>> search(Domain condition = {}) const {
        return Face::adapt(core_.filter(std::move(condition)).search());
    }
    /// Returns the number of records that `all` would return.
    Return<std::int64_t> count() const { return Face::adapt(core_.count()); }
    /// Checks whether any record matches.
    Return<bool> exists() const { return Face::adapt(core_.exists()); }

    /// Creates a record and returns its id; the filters do not apply.
    Return<RecordId> create(Values record) const { return Face::adapt(core_.create(std::move(record))); }
    /// Creates the record with that external id unless it exists; idempotent. See `ZenooClient::create_once`.
    Return<RecordId> create_once(ExternalId id, Values record) const {
        return Face::adapt(core_.create_once(std::move(id), std::move(record)));
    }
    /// Writes these values into all records that match, and returns their number.
    ///
    /// Makes two calls, a search and a write: a record that ceases to match between them is written all the same, and
    /// if one is deleted between them, nothing is written (`MissingError`). The write is one transaction: all or none.
    /// Errors: `std::invalid_argument`, not sent, if there is no filter; `filter(Domain())` means all records.
    Return<std::int64_t> update(Values changes) const { return Face::adapt(core_.update(std::move(changes))); }
    /// Deletes all records that match, and returns their number.
    ///
    /// Makes two calls, a search and an unlink: a record that ceases to match between them is deleted all the same, and
    /// if one is deleted between them, no other is (`MissingError`). The unlink is one transaction: all or none.
    /// Errors: `std::invalid_argument`, not sent, if there is no filter; `filter(Domain())` means all records.
    Return<std::int64_t> unlink() const { return Face::adapt(core_.unlink()); }

private:
    friend class ZenooClient;
    friend class ClientResults;

    explicit Query(detail::QueryCore core) : core_{std::move(core)} {}

    detail::QueryCore core_;
};

/// Query that returns results instead of throwing. Made by `client.results().model<ResPartner>()`.
template <ModelRow T>
using QueryResults = Query<T, detail::Returning>;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_QUERY_HPP
