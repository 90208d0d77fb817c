// SPDX-License-Identifier: BSL-1.0
#include "odoo/caught.hpp"
#include "odoo/complaint.hpp"
#include "odoo/field_check.hpp"
#include "odoo/model_call.hpp"
#include "odoo/page_reader.hpp"

#include <zenoo_rpc/odoo/client_results.hpp>
#include <zenoo_rpc/odoo/query_core.hpp>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc::detail {

using nlohmann::json;

/// The calls of a query, which they own a copy of.
struct QueryCalls {
    QueryCore query;

    Way way() const { return {query.core_, query.context_}; }
    ClientResults client() const { return ClientResults{query.core_, query.context_}; }

    /// Names that the struct does not describe.
    std::vector<std::string> doubtful_names() const {
        auto names = fields_named_in(query.domain_.json(), query.order_);
        std::erase_if(names, [&](auto const& name) {
            return name == "id"
                   || std::ranges::find(query.table_->columns, name, &Column::name) != query.table_->columns.end();
        });
        return names;
    }
    asio::awaitable<Result<void>> check() const {
        auto names = doubtful_names();
        if (!names.empty()) {
            Result<void> const known = co_await check_fields(way(), query.model_, std::move(names), query.options_);
            if (!known) co_return known.error();
        }
        co_return Result<void>{};
    }

    SearchOptions part() const {
        SearchOptions part;
        if (!query.order_.empty()) part.order(query.order_);
        if (query.limit_) part.limit(*query.limit_);
        if (query.offset_ > 0) part.offset(query.offset_);
        return part;
    }

    static asio::awaitable<Result<void>> read(QueryCalls calls, RowSink& rows, std::string method, json args,
                                              json kwargs) {
        Result<void> const known = co_await calls.check();
        if (!known) co_return known.error();
        auto const& query = calls.query;
        if (query.chosen_) rows.chosen = *query.chosen_;
        auto reading = execute_into(rows, calls.way(), query.model_, std::move(method), std::move(args),
                                    std::move(kwargs), query.options_);
        Result<void> const done = co_await std::move(reading);
        co_return done;
    }
    static asio::awaitable<Result<void>> search_rows(QueryCalls calls, RowSink& rows) {
        auto args = array_of(calls.query.domain_.json());
        auto kwargs = calls.part().kwargs();
        return read(std::move(calls), rows, "search_read", std::move(args), std::move(kwargs));
    }

    static asio::awaitable<Result<void>> get(QueryCalls calls, RecordId id, RowSink& rows) {
        auto const& query = calls.query;
        bool const is_filtered = !query.domain_.json().empty();
        auto const name = "record " + std::to_string(id) + " of " + query.model_;
        if (id > 0) {
            auto args = array_of(is_filtered ? (field("id") == id && query.domain_).json() : json(std::vector{id}));
            auto kwargs = json::object();
            if (is_filtered) kwargs["context"]["active_test"] = false;
            auto reading = read(calls, rows, is_filtered ? "search_read" : "read", std::move(args), std::move(kwargs));
            Result<void> const done = co_await std::move(reading);
            if (!done || rows.last_id) co_return done;
        }
        co_return as_failure({.code = Errc::record_missing,
                              .what = name + (is_filtered ? " does not exist, or does not match" : " does not exist"),
                              .delivery = id > 0 ? Delivery::rejected : Delivery::not_sent});
    }

    static asio::awaitable<Result<std::vector<RecordId>>> search(QueryCalls calls) {
        Result<void> const known = co_await calls.check();
        if (!known) co_return known.error();
        auto const& query = calls.query;
        auto searching = calls.client().search(query.model_, query.domain_, calls.part(), query.options_);
        Result<std::vector<RecordId>> found = co_await std::move(searching);
        co_return found;
    }

    static asio::awaitable<Result<std::int64_t>> count(QueryCalls calls) {
        Result<void> const known = co_await calls.check();
        if (!known) co_return known.error();
        auto const& query = calls.query;
        auto kwargs = json::object();
        if (query.limit_) kwargs["limit"] = query.offset_ + *query.limit_;
        auto counting = calls.client().execute_kw(query.model_, "search_count", array_of(query.domain_.json()),
                                                  std::move(kwargs), query.options_);
        Result<json> const counted = co_await std::move(counting);
        if (!counted) co_return counted.error();
        if (!counted->is_number_integer()) {
            co_return as_failure(
                {.code = Errc::protocol_error, .what = query.model_ + ".search_count: not what Odoo answers"});
        }
        co_return std::max<std::int64_t>(0, counted->get<std::int64_t>() - query.offset_);
    }

    static asio::awaitable<Result<bool>> is_any(asio::awaitable<Result<std::vector<RecordId>>> searching) {
        Result<std::vector<RecordId>> const found = co_await std::move(searching);
        if (!found) co_return Result<bool>{boost::system::in_place_error, found.error()};
        co_return Result<bool>{boost::system::in_place_value, !found->empty()};
    }

    /// To change or delete records there must be a filter: without one it would be all of them, perhaps by oversight.
    static asio::awaitable<Result<std::vector<RecordId>>> search_for(QueryCalls calls, std::string purpose) {
        if (!calls.query.is_filtered_) {
            throw std::invalid_argument{"to " + purpose + " all records of " + calls.query.model_
                                        + " takes a filter(Domain())"};
        }
        return search(std::move(calls));
    }

    static asio::awaitable<Result<std::int64_t>> update(QueryCalls calls, Values changes) {
        Result<std::vector<RecordId>> const found = co_await search_for(calls, "update");
        if (!found) co_return found.error();
        if (!found->empty()) {
            auto const& query = calls.query;
            auto writing = calls.client().write(query.model_, *found, std::move(changes), query.options_);
            Result<void> const done = co_await std::move(writing);
            if (!done) co_return done.error();
        }
        co_return static_cast<std::int64_t>(found->size());
    }

    static asio::awaitable<Result<std::int64_t>> unlink(QueryCalls calls) {
        Result<std::vector<RecordId>> const found = co_await search_for(calls, "unlink");
        if (!found) co_return found.error();
        if (!found->empty()) {
            auto const& query = calls.query;
            auto deleting = calls.client().unlink(query.model_, *found, query.options_);
            Result<void> const done = co_await std::move(deleting);
            if (!done) co_return done.error();
        }
        co_return static_cast<std::int64_t>(found->size());
    }
};

QueryCore::QueryCore(std::shared_ptr<ClientCore> core, std::shared_ptr<json const> context, std::string_view model,
                     RowTable const& table)
    : core_{std::move(core)}, context_{std::move(context)}, model_{model}, table_{&table} {}

QueryCore QueryCore::filter(Domain condition) const {
    auto query = *this;
    query.domain_ = std::move(query.domain_) && std::move(condition);
    query.is_filtered_ = true;
    return query;
}

QueryCore QueryCore::order_by(std::string terms) const {
    auto query = *this;
    query.order_ = std::move(terms);
    return query;
}

QueryCore QueryCore::limit(std::int64_t records) const {
    if (records < 1) throw std::invalid_argument{"a limit is at least 1, not " + std::to_string(records)};
    auto query = *this;
    query.limit_ = records;
    return query;
}

QueryCore QueryCore::offset(std::int64_t records) const {
    if (records < 0) throw std::invalid_argument{"an offset is not negative, as " + std::to_string(records)};
    auto query = *this;
    query.offset_ = records;
    return query;
}

QueryCore QueryCore::only(std::vector<std::string> const& names) const {
    auto query = *this;
    auto const is_chosen = [&](Column const& column) {
        return column.name == "id" || std::ranges::find(names, column.name) != names.end();
    };
    std::vector<Column> chosen;
    std::ranges::copy_if(table_->columns, std::back_inserter(chosen), is_chosen);
    for (auto const& name : names) {
        if (std::ranges::find(chosen, name, &Column::name) != chosen.end()) continue;
        std::vector<std::string_view> known;
        for (auto const& column : table_->columns) known.push_back(column.name);
        throw std::invalid_argument{"the struct of " + no_such_field(model_, name, known)};
    }
    query.chosen_ = std::make_shared<std::vector<Column> const>(std::move(chosen));
    return query;
}

QueryCore QueryCore::options(CallOptions options) const {
    auto query = *this;
    query.options_ = std::move(options);
    return query;
}

asio::awaitable<Result<void>> QueryCore::all(RowSink& rows) const {
    return caught(QueryCalls::search_rows({*this}, rows));
}

asio::awaitable<Result<void>> QueryCore::first(RowSink& rows) const { return limit(1).all(rows); }

asio::awaitable<Result<void>> QueryCore::get(RecordId id, RowSink& rows) const {
    return caught(QueryCalls::get({*this}, id, rows));
}

std::shared_ptr<PageReader> QueryCore::pages(std::int64_t page_size) const {
    if (!order_.empty() || limit_ || offset_ > 0) {
        throw std::invalid_argument{"a stream of " + model_
                                    + " goes by id: it has no order, limit or offset of its own"};
    }
    QueryCalls const calls{*this};
    auto reader = std::make_shared<PageReader>(calls.way(), model_, domain_, Fields{}, page_size, options_);
    reader->choose(chosen_);
    reader->check_first(calls.doubtful_names());
    return reader;
}

asio::awaitable<Result<std::vector<RecordId>>> QueryCore::search() const { return caught(QueryCalls::search({*this})); }

asio::awaitable<Result<std::int64_t>> QueryCore::count() const { return caught(QueryCalls::count({*this})); }

asio::awaitable<Result<bool>> QueryCore::exists() const { return QueryCalls::is_any(limit(1).search()); }

asio::awaitable<Result<RecordId>> QueryCore::create(Values record) const {
    return ClientResults{core_, context_}.create(model_, std::move(record), options_);
}

asio::awaitable<Result<RecordId>> QueryCore::create_once(ExternalId id, Values record) const {
    return ClientResults{core_, context_}.create_once(model_, std::move(id), std::move(record), options_);
}

asio::awaitable<Result<std::int64_t>> QueryCore::update(Values changes) const {
    return caught(QueryCalls::update({*this}, std::move(changes)));
}

asio::awaitable<Result<std::int64_t>> QueryCore::unlink() const { return caught(QueryCalls::unlink({*this})); }

}  // namespace zenoo_rpc::detail
