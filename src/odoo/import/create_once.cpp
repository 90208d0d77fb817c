// SPDX-License-Identifier: BSL-1.0
#include "odoo/import/create_once.hpp"

#include "odoo/import/loader.hpp"
#include "odoo/import/seen_ids.hpp"
#include "odoo/session/as_result.hpp"

#include <utility>

namespace zenoo_rpc::detail {

namespace {

constexpr std::size_t records_per_call = 100;

void refuse_duplicates(std::vector<ImportRecord> const& records) {
    SeenIds seen;
    for (auto const& record : records) seen.add(record.id.text());
}

std::vector<ImportRow> rows_of(std::vector<ImportRecord> const& records, FieldTypes const& types) {
    std::vector<ImportRow> rows;
    for (auto const& record : records) rows.push_back(import_row(record.id, record.values, types));
    return rows;
}

/// Name of the call in messages and events.
std::string name_of_call(std::string const& model, IfExists if_exists) {
    return model + (if_exists == IfExists::keep ? ".create_once" : ".upsert");
}

asio::awaitable<Result<std::vector<RecordId>>> load(CallScope scope, std::string model, IfExists if_exists,
                                                    std::vector<ImportRecord> records, CallOptions options) {
    refuse_duplicates(records);
    Result<std::shared_ptr<FieldTypes const>> const types = co_await types_of(scope, model, options);
    if (!types) co_return types.error();
    auto const rows = rows_of(records, **types);
    records.clear();

    BatchSize size{records_per_call, unlimited};
    Loader loader{std::move(scope),   model, name_of_call(model, if_exists), if_exists, Loader::OnSilence::give_up,
                  std::move(options), size};
    std::vector<Loader::Outcome> outcomes(rows.size());
    Result<void> const settled = co_await loader.load(rows, outcomes);
    if (!settled) co_return settled.error();
    std::vector<RecordId> ids;
    for (auto const& outcome : outcomes) {
        if (!*outcome) co_return outcome->error();
        ids.push_back(**outcome);
    }
    co_return ids;
}

/// Returns the id of the only record.
asio::awaitable<Result<RecordId>> only(asio::awaitable<Result<std::vector<RecordId>>> work) {
    Result<std::vector<RecordId>> const ids = co_await std::move(work);
    if (!ids) co_return ids.error();
    co_return ids->front();
}

}  // namespace

asio::awaitable<Result<std::vector<RecordId>>> load_records(CallScope scope, std::string model, IfExists if_exists,
                                                            std::vector<ImportRecord> records, CallOptions options) {
    return as_result(load(std::move(scope), std::move(model), if_exists, std::move(records), std::move(options)));
}

asio::awaitable<Result<RecordId>> load_record(CallScope scope, std::string model, IfExists if_exists,
                                              ImportRecord record, CallOptions options) {
    std::vector<ImportRecord> records;
    records.push_back(std::move(record));
    return as_result(only(load(std::move(scope), std::move(model), if_exists, std::move(records), std::move(options))));
}

}  // namespace zenoo_rpc::detail
