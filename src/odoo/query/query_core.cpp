// SPDX-License-Identifier: BSL-1.0
#include "odoo/import/create_once.hpp"
#include "odoo/query/field_check.hpp"
#include "odoo/query/page_reader.hpp"
#include "odoo/query/query_calls.hpp"
#include "odoo/session/as_result.hpp"
#include "odoo/session/record_call.hpp"

#include <zenoo_rpc/odoo/detail/query_core.hpp>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc::detail {

using nlohmann::json;

namespace {

asio::awaitable<Result<bool>> is_any(asio::awaitable<Result<std::vector<RecordId>>> searching) {
    Result<std::vector<RecordId>> const found = co_await std::move(searching);
    if (!found) co_return Result<bool>{boost::system::in_place_error, found.error()};
    co_return Result<bool>{boost::system::in_place_value, !found->empty()};
}

}  // namespace

QueryCore::QueryCore(std::shared_ptr<ClientCore> core, std::shared_ptr<json const> context, std::string_view model,
                     RowTable const& table)
    : plan_{.core = std::move(core), .context = std::move(context), .model = std::string{model}, .table = &table} {}

QueryCore QueryCore::filter(Domain condition) const {
    auto query = *this;
    query.plan_.domain = std::move(query.plan_.domain) && std::move(condition);
    query.plan_.is_filtered = true;
    return query;
}

QueryCore QueryCore::order_by(std::string terms) const {
    auto query = *this;
    query.plan_.order = std::move(terms);
    return query;
}

QueryCore QueryCore::limit(std::int64_t records) const {
    if (records < 1) throw std::invalid_argument{"limit must be at least 1, but is " + std::to_string(records)};
    auto query = *this;
    query.plan_.limit = records;
    return query;
}

QueryCore QueryCore::offset(std::int64_t records) const {
    if (records < 0) throw std::invalid_argument{"offset must not be negative, but is " + std::to_string(records)};
    auto query = *this;
    query.plan_.offset = records;
    return query;
}

QueryCore QueryCore::only(std::vector<std::string> const& names) const {
    auto query = *this;
    auto const is_chosen = [&](Column const& column) {
        return column.name == "id" || std::ranges::find(names, column.name) != names.end();
    };
    std::vector<Column> chosen;
    std::ranges::copy_if(plan_.table->columns, std::back_inserter(chosen), is_chosen);
    for (auto const& name : names) {
        if (std::ranges::find(chosen, name, &Column::name) != chosen.end()) continue;
        std::vector<std::string_view> known;
        for (auto const& column : plan_.table->columns) known.push_back(column.name);
        throw std::invalid_argument{"the struct of " + no_such_field(plan_.model, name, known)};
    }
    if (chosen.empty()) {
        throw std::invalid_argument{"no field to read: the struct has no id, and only() names no member"};
    }
    query.plan_.chosen = std::make_shared<std::vector<Column> const>(std::move(chosen));
    return query;
}

QueryCore QueryCore::options(CallOptions options) const {
    auto query = *this;
    query.plan_.options = std::move(options);
    return query;
}

asio::awaitable<Result<void>> QueryCore::all(RowSink& rows) const { return as_result(search_rows(plan_, rows)); }

asio::awaitable<Result<void>> QueryCore::first(RowSink& rows) const { return limit(1).all(rows); }

asio::awaitable<Result<void>> QueryCore::get(RecordId id, RowSink& rows) const {
    return as_result(get_row(plan_, id, rows));
}

std::shared_ptr<PageReader> QueryCore::pages(std::int64_t page_size) const {
    if (!plan_.order.empty() || plan_.limit || plan_.offset > 0) {
        throw std::invalid_argument{"a stream of " + plan_.model
                                    + " is ordered by id: it must not have an order, limit or offset"};
    }
    auto reader =
        std::make_shared<PageReader>(scope_of(plan_), plan_.model, plan_.domain, Fields{}, page_size, plan_.options);
    reader->choose(plan_.chosen);
    reader->check_first(undescribed_fields(plan_));
    return reader;
}

asio::awaitable<Result<std::vector<RecordId>>> QueryCore::search() const { return as_result(search_ids(plan_)); }

asio::awaitable<Result<std::int64_t>> QueryCore::count() const { return as_result(count_records(plan_)); }

asio::awaitable<Result<bool>> QueryCore::exists() const { return is_any(limit(1).search()); }

asio::awaitable<Result<RecordId>> QueryCore::create(Values record) const {
    return send_record<Result<RecordId>>(scope_of(plan_), plan_.model, std::nullopt, std::move(record), plan_.options);
}

asio::awaitable<Result<RecordId>> QueryCore::create_once(ExternalId id, Values record) const {
    return load_record(scope_of(plan_), plan_.model, IfExists::keep, ImportRecord{std::move(id), std::move(record)},
                       plan_.options);
}

asio::awaitable<Result<std::int64_t>> QueryCore::update(Values changes) const {
    return as_result(update_records(plan_, std::move(changes)));
}

asio::awaitable<Result<std::int64_t>> QueryCore::unlink() const { return as_result(unlink_records(plan_)); }

}  // namespace zenoo_rpc::detail
