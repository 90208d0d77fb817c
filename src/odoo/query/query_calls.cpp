// SPDX-License-Identifier: BSL-1.0
#include "odoo/query/query_calls.hpp"

#include "odoo/query/field_check.hpp"
#include "odoo/session/ask.hpp"
#include "odoo/session/delete_records.hpp"
#include "odoo/session/record_call.hpp"
#include "odoo/session/typed_response.hpp"
#include "odoo/support/error_info.hpp"

#include <zenoo_rpc/odoo/search_options.hpp>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc::detail {

using nlohmann::json;

namespace {

constexpr auto unlimited_records = std::numeric_limits<std::int64_t>::max();

asio::awaitable<Result<void>> check(QueryPlan const& plan) {
    auto names = undescribed_fields(plan);
    if (!names.empty()) {
        Result<void> const known = co_await check_fields(scope_of(plan), plan.model, std::move(names), plan.options);
        if (!known) co_return known.error();
    }
    co_return Result<void>{};
}

SearchOptions part_of(QueryPlan const& plan) {
    SearchOptions part;
    if (!plan.order.empty()) part.order(plan.order);
    if (plan.limit) part.limit(*plan.limit);
    if (plan.offset > 0) part.offset(plan.offset);
    return part;
}

asio::awaitable<Result<void>> read(QueryPlan plan, RowSink& rows, std::string method, json args, json kwargs) {
    Result<void> const known = co_await check(plan);
    if (!known) co_return known.error();
    if (plan.chosen) rows.chosen = *plan.chosen;
    auto reading = execute_into(rows, scope_of(plan), plan.model, std::move(method), std::move(args), std::move(kwargs),
                                plan.options);
    Result<void> const done = co_await std::move(reading);
    co_return done;
}

/// Requires a filter for changing or deleting records: without one it would be all of them, perhaps by oversight.
asio::awaitable<Result<std::vector<RecordId>>> search_for(QueryPlan plan, std::string purpose) {
    if (!plan.is_filtered) {
        throw std::invalid_argument{purpose + " of " + plan.model
                                    + " needs a filter; use filter(Domain()) for all records"};
    }
    return search_ids(std::move(plan));
}

}  // namespace

CallScope scope_of(QueryPlan const& plan) { return {plan.core, plan.context}; }

std::vector<std::string> undescribed_fields(QueryPlan const& plan) {
    auto names = fields_named_in(plan.domain.json(), plan.order);
    std::erase_if(names, [&](auto const& name) {
        return name == "id" || std::ranges::find(plan.table->columns, name, &Column::name) != plan.table->columns.end();
    });
    return names;
}

asio::awaitable<Result<void>> search_rows(QueryPlan plan, RowSink& rows) {
    auto args = array_of(plan.domain.json());
    auto kwargs = part_of(plan).kwargs();
    return read(std::move(plan), rows, "search_read", std::move(args), std::move(kwargs));
}

asio::awaitable<Result<void>> get_row(QueryPlan plan, RecordId id, RowSink& rows) {
    bool const is_filtered = !plan.domain.json().empty();
    auto const name = "record " + std::to_string(id) + " of " + plan.model;
    if (id > 0) {
        auto args = array_of(is_filtered ? (field("id") == id && plan.domain).json() : json(std::vector{id}));
        auto kwargs = json::object();
        if (is_filtered) kwargs["context"]["active_test"] = false;
        auto reading = read(plan, rows, is_filtered ? "search_read" : "read", std::move(args), std::move(kwargs));
        Result<void> const done = co_await std::move(reading);
        if (!done || rows.last_id) co_return done;
    }
    co_return make_failure(
        {.code = Errc::record_missing,
         .what = name + (is_filtered ? " does not exist or does not match the filters" : " does not exist"),
         .delivery = id > 0 ? Delivery::rejected : Delivery::not_sent});
}

asio::awaitable<Result<std::vector<RecordId>>> search_ids(QueryPlan plan) {
    Result<void> const known = co_await check(plan);
    if (!known) co_return known.error();
    auto searching = ask<std::vector<RecordId>>(scope_of(plan), plan.model, "search", array_of(plan.domain.json()),
                                                part_of(plan).kwargs(), plan.options);
    Result<std::vector<RecordId>> found = co_await std::move(searching);
    co_return found;
}

asio::awaitable<Result<std::int64_t>> count_records(QueryPlan plan) {
    Result<void> const known = co_await check(plan);
    if (!known) co_return known.error();
    auto kwargs = json::object();
    if (plan.limit) kwargs["limit"] = plan.offset + std::min(*plan.limit, unlimited_records - plan.offset);
    auto counting = ask<json>(scope_of(plan), plan.model, "search_count", array_of(plan.domain.json()),
                              std::move(kwargs), plan.options);
    Result<json> const counted = co_await std::move(counting);
    if (!counted) co_return counted.error();
    if (!counted->is_number_integer()) {
        co_return unexpected_response(plan.model + ".search_count");
    }
    co_return std::max<std::int64_t>(0, counted->get<std::int64_t>() - plan.offset);
}

asio::awaitable<Result<std::int64_t>> update_records(QueryPlan plan, Values changes) {
    Result<std::vector<RecordId>> const found = co_await search_for(plan, "update");
    if (!found) co_return found.error();
    if (!found->empty()) {
        auto writing = send_record<Result<void>>(scope_of(plan), plan.model, *found, std::move(changes), plan.options);
        Result<void> const done = co_await std::move(writing);
        if (!done) co_return done.error();
    }
    co_return static_cast<std::int64_t>(found->size());
}

asio::awaitable<Result<std::int64_t>> unlink_records(QueryPlan plan) {
    Result<std::vector<RecordId>> const found = co_await search_for(plan, "unlink");
    if (!found) co_return found.error();
    if (!found->empty()) {
        auto deleting = delete_records(scope_of(plan), plan.model, *found, plan.options);
        Result<void> const done = co_await std::move(deleting);
        if (!done) co_return done.error();
    }
    co_return static_cast<std::int64_t>(found->size());
}

}  // namespace zenoo_rpc::detail
