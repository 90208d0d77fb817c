// SPDX-License-Identifier: BSL-1.0
#include "odoo/import/create_once.hpp"
#include "odoo/import/import_job.hpp"
#include "odoo/query/page_reader.hpp"
#include "odoo/session/as_result.hpp"
#include "odoo/session/ask.hpp"
#include "odoo/session/delete_records.hpp"
#include "odoo/session/login.hpp"
#include "odoo/session/record_call.hpp"
#include "odoo/session/server_info.hpp"

#include <zenoo_rpc/odoo/client_results.hpp>

#include <optional>
#include <utility>

namespace zenoo_rpc {

using detail::array_of;
using detail::as_result;
using detail::ask;
using detail::CallScope;
using detail::Credentials;
using nlohmann::json;

asio::awaitable<Result<RecordId>> ClientResults::login(std::string database, std::string user,
                                                       std::string password) const {
    auto who = std::make_shared<Credentials>(std::move(database), std::move(user), password);
    return as_result(detail::log_in(core_, std::move(who), detail::SecretKind::password));
}

asio::awaitable<Result<RecordId>> ClientResults::login_with_api_key(std::string database, std::string user,
                                                                    std::string key) const {
    auto who = std::make_shared<Credentials>(std::move(database), std::move(user), key);
    return as_result(detail::log_in(core_, std::move(who), detail::SecretKind::api_key));
}

asio::awaitable<Result<RecordId>> ClientResults::login_with_api_key(std::string database, std::string key) const {
    auto who = std::make_shared<Credentials>(std::move(database), "", key);
    return as_result(detail::log_in(core_, std::move(who), detail::SecretKind::api_key));
}

asio::awaitable<Result<json>> ClientResults::version() const { return as_result(detail::ask_version(core_)); }

asio::awaitable<Result<std::vector<std::string>>> ClientResults::database_list() const {
    return as_result(detail::list_databases(core_));
}

asio::awaitable<Result<ServerHealth>> ClientResults::health() const { return as_result(detail::ask_health(core_)); }

asio::awaitable<Result<json>> ClientResults::execute_kw(std::string model, std::string method, json args, json kwargs,
                                                        CallOptions options) const {
    CallScope scope{core_, context_};
    if (method == "unlink") {
        return as_result(
            detail::delete_records(scope, std::move(model), std::move(args), std::move(kwargs), std::move(options)));
    }
    return ask<json>(scope, std::move(model), std::move(method), std::move(args), std::move(kwargs),
                     std::move(options));
}

asio::awaitable<Result<RecordId>> ClientResults::create(std::string model, Values record, CallOptions options) const {
    return detail::send_record<Result<RecordId>>(CallScope{core_, context_}, std::move(model), std::nullopt,
                                                 std::move(record), std::move(options));
}

asio::awaitable<Result<RecordId>> ClientResults::create_once(std::string model, ExternalId id, Values record,
                                                             CallOptions options) const {
    return detail::load_record(CallScope{core_, context_}, std::move(model), IfExists::keep,
                               ImportRecord{std::move(id), std::move(record)}, std::move(options));
}

asio::awaitable<Result<std::vector<RecordId>>> ClientResults::create_once(std::string model,
                                                                          std::vector<ImportRecord> records,
                                                                          CallOptions options) const {
    return detail::load_records(CallScope{core_, context_}, std::move(model), IfExists::keep, std::move(records),
                                std::move(options));
}

asio::awaitable<Result<RecordId>> ClientResults::upsert(std::string model, ExternalId id, Values record,
                                                        CallOptions options) const {
    return detail::load_record(CallScope{core_, context_}, std::move(model), IfExists::update,
                               ImportRecord{std::move(id), std::move(record)}, std::move(options));
}

asio::awaitable<Result<std::vector<RecordId>>> ClientResults::upsert(std::string model,
                                                                     std::vector<ImportRecord> records,
                                                                     CallOptions options) const {
    return detail::load_records(CallScope{core_, context_}, std::move(model), IfExists::update, std::move(records),
                                std::move(options));
}

asio::awaitable<Result<ImportReport>> ClientResults::import_records(std::string model, RecordSource records,
                                                                    ImportOptions options) const {
    return as_result(
        detail::run_import(CallScope{core_, context_}, std::move(model), std::move(records), std::move(options)));
}

asio::awaitable<Result<json>> ClientResults::read(std::string model, RecordIds ids, Fields fields,
                                                  CallOptions options) const {
    auto kwargs = json::object();
    if (!fields.names().empty()) kwargs["fields"] = fields.names();
    return execute_kw(std::move(model), "read", array_of(ids.list()), std::move(kwargs), options);
}

asio::awaitable<Result<std::vector<RecordId>>> ClientResults::search(std::string model, Domain domain,
                                                                     SearchOptions part, CallOptions options) const {
    return ask<std::vector<RecordId>>(CallScope{core_, context_}, std::move(model), "search",
                                      array_of(std::move(domain).json()), part.kwargs(), std::move(options));
}

asio::awaitable<Result<json>> ClientResults::search_read(std::string model, Domain domain, Fields fields,
                                                         SearchOptions part, CallOptions options) const {
    auto kwargs = part.kwargs();
    if (!fields.names().empty()) kwargs["fields"] = fields.names();
    return execute_kw(std::move(model), "search_read", array_of(std::move(domain).json()), std::move(kwargs), options);
}

asio::awaitable<Result<void>> ClientResults::read_rows(std::string model, RecordIds ids, CallOptions options,
                                                       detail::RowSink& rows) const {
    return as_result(detail::execute_into(rows, CallScope{core_, context_}, std::move(model), "read",
                                          array_of(ids.list()), json::object(), options));
}

asio::awaitable<Result<void>> ClientResults::search_rows(std::string model, Domain domain, SearchOptions part,
                                                         CallOptions options, detail::RowSink& rows) const {
    return as_result(detail::execute_into(rows, CallScope{core_, context_}, std::move(model), "search_read",
                                          array_of(std::move(domain).json()), part.kwargs(), options));
}

PageResults<json> ClientResults::stream(std::string model, Domain domain, Fields fields, std::int64_t page_size,
                                        CallOptions options) const {
    return PageResults<json>{
        pages(std::move(model), std::move(domain), std::move(fields), page_size, std::move(options))};
}

std::shared_ptr<detail::PageReader> ClientResults::pages(std::string model, Domain domain, Fields fields,
                                                         std::int64_t page_size, CallOptions options) const {
    return std::make_shared<detail::PageReader>(CallScope{core_, context_}, std::move(model), std::move(domain),
                                                std::move(fields), page_size, std::move(options));
}

asio::awaitable<Result<void>> ClientResults::write(std::string model, RecordIds ids, Values changes,
                                                   CallOptions options) const {
    return detail::send_record<Result<void>>(CallScope{core_, context_}, std::move(model), std::move(ids),
                                             std::move(changes), std::move(options));
}

asio::awaitable<Result<void>> ClientResults::unlink(std::string model, RecordIds ids, CallOptions options) const {
    return detail::delete_records(CallScope{core_, context_}, std::move(model), std::move(ids), std::move(options));
}

}  // namespace zenoo_rpc
