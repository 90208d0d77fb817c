// SPDX-License-Identifier: BSL-1.0
#include "odoo/import/create_once.hpp"
#include "odoo/import/import_job.hpp"
#include "odoo/query/page_reader.hpp"
#include "odoo/session/caught.hpp"
#include "odoo/session/login.hpp"
#include "odoo/session/model_call.hpp"
#include "odoo/session/outcome.hpp"
#include "odoo/session/record_call.hpp"
#include "odoo/session/server_questions.hpp"
#include "odoo/session/typed_answer.hpp"

#include <zenoo_rpc/odoo/client_results.hpp>

#include <exception>
#include <optional>
#include <utility>

namespace zenoo_rpc {

namespace {

using detail::array_of;
using detail::Call;
using detail::call_of;
using detail::caught;
using detail::Credentials;
using detail::execute;
using detail::limit_of;
using detail::typed;
using detail::Way;
using nlohmann::json;

/// Calls a method that returns a T. What is thrown, is before anything is sent, and becomes the result.
template <class T>
asio::awaitable<Result<T>> ask(Way way, std::string model, std::string method, json args, json kwargs,
                               CallOptions options) {
    Failure failure;
    try {
        Call call = call_of(way, model, method, args, kwargs, options);
        call.expects = detail::expectation_of<T>;
        args = nullptr;  // encoded, and perhaps large
        Result<json> result = co_await way.core->run(call);
        co_return typed<T>(call.name, std::move(result));
    } catch (std::exception const& error) {
        failure = Failure{std::current_exception(), error};
    }
    co_return detail::as_thrown(std::move(failure), Delivery::not_sent);
}

std::vector<ImportRecord> one_record(ExternalId id, Values record) {
    std::vector<ImportRecord> records;
    records.emplace_back(std::move(id), std::move(record));
    return records;
}

/// The id of the one record that was asked for.
asio::awaitable<Result<RecordId>> only(asio::awaitable<Result<std::vector<RecordId>>> work) {
    Result<std::vector<RecordId>> const ids = co_await std::move(work);
    if (!ids) co_return ids.error();
    co_return ids->front();
}

json ids_of(json const& args, json const& kwargs) {
    json ids = args.empty() ? kwargs.value("ids", json::array()) : args.front();
    return ids.is_array() ? ids : array_of(std::move(ids));
}

/// `unlink`, of which it is known what it finds where it has been executed already.
asio::awaitable<Result<json>> delete_records(Way way, std::string model, json args, json kwargs, CallOptions options) {
    Call call = call_of(way, model, "unlink", args, kwargs, options);
    Result<json> deleted = co_await way.core->run(call);
    bool const may_be_done = !deleted && call.may_be_done && deleted.error().is<MissingError>();
    if (!may_be_done) co_return deleted;

    // Either the attempt before deleted all, or what is missing is one of many, or a record that hangs on them.
    json ids = ids_of(args, kwargs);
    kwargs.erase("ids");
    kwargs["context"]["active_test"] = false;
    args = array_of(json::array({json::array({"id", "in", std::move(ids)})}));
    Result<json> const left =
        co_await execute(way, model, "search", std::move(args), std::move(kwargs), limit_of(options));
    if (!left) co_return detail::as_thrown(left.error(), Delivery::unknown);
    if (left->is_array() && left->empty()) co_return Result<json>{boost::system::in_place_value, true};
    co_return deleted;
}

asio::awaitable<Result<void>> without_value(std::string call, asio::awaitable<Result<json>> work) {
    Result<json> result = co_await std::move(work);
    co_return typed<void>(call, std::move(result));
}

}  // namespace

asio::awaitable<Result<RecordId>> ClientResults::login(std::string database, std::string user,
                                                       std::string password) const {
    auto who = std::make_shared<Credentials>(std::move(database), std::move(user), password);
    return caught(detail::log_in(core_, std::move(who), detail::SecretKind::password));
}

asio::awaitable<Result<RecordId>> ClientResults::login_with_api_key(std::string database, std::string user,
                                                                    std::string key) const {
    auto who = std::make_shared<Credentials>(std::move(database), std::move(user), key);
    return caught(detail::log_in(core_, std::move(who), detail::SecretKind::api_key));
}

asio::awaitable<Result<RecordId>> ClientResults::login_with_api_key(std::string database, std::string key) const {
    auto who = std::make_shared<Credentials>(std::move(database), "", key);
    return caught(detail::log_in(core_, std::move(who), detail::SecretKind::api_key));
}

asio::awaitable<Result<json>> ClientResults::version() const { return caught(detail::ask_version(core_)); }

asio::awaitable<Result<std::vector<std::string>>> ClientResults::database_list() const {
    return caught(detail::list_databases(core_));
}

asio::awaitable<Result<ServerHealth>> ClientResults::health() const { return caught(detail::ask_health(core_)); }

asio::awaitable<Result<json>> ClientResults::execute_kw(std::string model, std::string method, json args, json kwargs,
                                                        CallOptions options) const {
    Way way{core_, context_};
    if (method == "unlink") {
        return caught(delete_records(way, std::move(model), std::move(args), std::move(kwargs), std::move(options)));
    }
    return ask<json>(way, std::move(model), std::move(method), std::move(args), std::move(kwargs), std::move(options));
}

asio::awaitable<Result<RecordId>> ClientResults::create(std::string model, Values record, CallOptions options) const {
    return detail::send_record<Result<RecordId>>(Way{core_, context_}, std::move(model), std::nullopt,
                                                 std::move(record), std::move(options));
}

asio::awaitable<Result<RecordId>> ClientResults::create_once(std::string model, ExternalId id, Values record,
                                                             CallOptions options) const {
    auto name = model + ".create_once";
    return caught(only(detail::load_records(Way{core_, context_}, std::move(model), std::move(name), WhenThere::keep,
                                            one_record(std::move(id), std::move(record)), options)));
}

asio::awaitable<Result<std::vector<RecordId>>> ClientResults::create_once(std::string model,
                                                                          std::vector<ImportRecord> records,
                                                                          CallOptions options) const {
    auto name = model + ".create_once";
    return caught(detail::load_records(Way{core_, context_}, std::move(model), std::move(name), WhenThere::keep,
                                       std::move(records), options));
}

asio::awaitable<Result<RecordId>> ClientResults::upsert(std::string model, ExternalId id, Values record,
                                                        CallOptions options) const {
    auto name = model + ".upsert";
    return caught(
        only(detail::load_records(Way{core_, context_}, std::move(model), std::move(name), WhenThere::overwrite,
                                  one_record(std::move(id), std::move(record)), options)));
}

asio::awaitable<Result<std::vector<RecordId>>> ClientResults::upsert(std::string model,
                                                                     std::vector<ImportRecord> records,
                                                                     CallOptions options) const {
    auto name = model + ".upsert";
    return caught(detail::load_records(Way{core_, context_}, std::move(model), std::move(name), WhenThere::overwrite,
                                       std::move(records), options));
}

asio::awaitable<Result<ImportReport>> ClientResults::import_records(std::string model, RecordSource records,
                                                                    ImportOptions options) const {
    return caught(detail::run_import(Way{core_, context_}, std::move(model), std::move(records), std::move(options)));
}

asio::awaitable<Result<json>> ClientResults::read(std::string model, RecordIds ids, Fields fields,
                                                  CallOptions options) const {
    auto kwargs = json::object();
    if (!fields.names().empty()) kwargs["fields"] = fields.names();
    return execute_kw(std::move(model), "read", array_of(ids.list()), std::move(kwargs), options);
}

asio::awaitable<Result<std::vector<RecordId>>> ClientResults::search(std::string model, Domain domain,
                                                                     SearchOptions part, CallOptions options) const {
    return ask<std::vector<RecordId>>(Way{core_, context_}, std::move(model), "search",
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
    return caught(detail::execute_into(rows, Way{core_, context_}, std::move(model), "read", array_of(ids.list()),
                                       json::object(), options));
}

asio::awaitable<Result<void>> ClientResults::search_rows(std::string model, Domain domain, SearchOptions part,
                                                         CallOptions options, detail::RowSink& rows) const {
    return caught(detail::execute_into(rows, Way{core_, context_}, std::move(model), "search_read",
                                       array_of(std::move(domain).json()), part.kwargs(), options));
}

PageResults<json> ClientResults::stream(std::string model, Domain domain, Fields fields, std::int64_t page_size,
                                        CallOptions options) const {
    return PageResults<json>{
        pages(std::move(model), std::move(domain), std::move(fields), page_size, std::move(options))};
}

std::shared_ptr<detail::PageReader> ClientResults::pages(std::string model, Domain domain, Fields fields,
                                                         std::int64_t page_size, CallOptions options) const {
    return std::make_shared<detail::PageReader>(Way{core_, context_}, std::move(model), std::move(domain),
                                                std::move(fields), page_size, std::move(options));
}

asio::awaitable<Result<void>> ClientResults::write(std::string model, RecordIds ids, Values changes,
                                                   CallOptions options) const {
    return detail::send_record<Result<void>>(Way{core_, context_}, std::move(model), std::move(ids), std::move(changes),
                                             std::move(options));
}

asio::awaitable<Result<void>> ClientResults::unlink(std::string model, RecordIds ids, CallOptions options) const {
    auto name = model + ".unlink";
    return caught(
        without_value(std::move(name), delete_records(Way{core_, context_}, std::move(model), array_of(ids.list()),
                                                      json::object(), std::move(options))));
}

}  // namespace zenoo_rpc
