// SPDX-License-Identifier: BSL-1.0
#include "odoo/client_core.hpp"
#include "odoo/complaint.hpp"
#include "odoo/login.hpp"
#include "odoo/named_arguments.hpp"
#include "odoo/outcome.hpp"
#include "odoo/server_questions.hpp"

#include <zenoo_rpc/odoo/client_results.hpp>
#include <zenoo_rpc/odoo/load.hpp>
#include <zenoo_rpc/odoo/repeatability.hpp>

#include <algorithm>
#include <concepts>
#include <exception>
#include <stdexcept>
#include <type_traits>

namespace zenoo_rpc {

namespace {

using detail::Call;
using detail::ClientCore;
using detail::Credentials;
using nlohmann::json;

/// Through which client a call is made, and what its context begins with.
struct Way {
    std::shared_ptr<ClientCore> core;
    std::shared_ptr<json const> context;
};

/// Runs `work`; what it throws becomes the result. It throws before anything is sent: what was, came as a result.
template <class T>
asio::awaitable<Result<T>> caught(asio::awaitable<Result<T>> work) {
    Failure failure;
    try {
        Result<T> result = co_await std::move(work);
        co_return result;
    } catch (std::exception const& error) {
        failure = Failure{std::current_exception(), error};
    }
    co_return detail::as_thrown(std::move(failure), Delivery::not_sent);
}

Failure refusal(Errc code, std::string what, Delivery delivery) {
    return detail::as_failure({.code = code, .what = std::move(what), .delivery = delivery});
}

/// What the user has chosen, then what the client was given, then what the call says itself: the last one wins.
json with_context(json kwargs, Credentials const* who, json const* of_client) {
    auto context = who ? who->user_context : json::object();
    if (of_client) context.update(*of_client);
    if (context.empty() || !kwargs.is_object()) return kwargs;
    auto& own = kwargs["context"];
    if (own.is_object()) context.update(own);
    if (own.is_object() || own.is_null()) own = std::move(context);
    return kwargs;
}

/// Throws `std::invalid_argument` for what cannot be sent.
Call call_of(Way const& way, std::string const& model, std::string const& method, json const& args, json const& kwargs,
             CallOptions options) {
    Call call{.name = model + '.' + method, .method = method, .credentials = way.core->credentials()};
    auto const protocol = call.credentials ? call.credentials->protocol : Protocol::json_rpc;
    call.envelope = detail::model_envelope(protocol, model, method, args,
                                           with_context(kwargs, call.credentials.get(), way.context.get()));
    if (!call.credentials) {
        AuthenticationError error{call.name + ": not logged in"};
        error.delivery(Delivery::not_sent);
        throw error;
    }
    call.unwraps_one = protocol == Protocol::json2 && detail::creates_one(method, args, kwargs);
    auto said = options.may_be_repeated();
    if (!said) said = way.core->may_be_repeated(model, method);
    call.is_repeatable = said.value_or(is_repeatable(method, args, kwargs));
    call.probe = options.probe();
    call.limit = options.limit().value_or(way.core->options().request_timeout);
    return call;
}

asio::awaitable<Result<json>> execute(Way way, std::string model, std::string method, json args, json kwargs,
                                      CallOptions options) {
    Call call = call_of(way, model, method, args, kwargs, options);
    args = nullptr;  // encoded, and perhaps large
    Result<json> result = co_await way.core->run(call);
    co_return result;
}

bool is_id(json const& value) { return value.is_number_integer(); }

template <class T>
bool is_of_type(json const& value) {
    if constexpr (std::same_as<T, RecordId>) return is_id(value);
    if constexpr (std::same_as<T, std::vector<RecordId>>) return value.is_array() && std::ranges::all_of(value, is_id);
    return std::is_void_v<T>;
}

/// What a method returns, as the type that it always returns.
template <class T>
asio::awaitable<Result<T>> typed(std::string name, asio::awaitable<Result<json>> call) {
    Result<json> const result = co_await std::move(call);
    if (!result) co_return result.error();
    if (!is_of_type<T>(*result)) {
        co_return refusal(Errc::protocol_error, name + ": not what Odoo answers", Delivery::unknown);
    }
    if constexpr (std::is_void_v<T>) {
        co_return Result<void>{};
    } else {
        co_return result->template get<T>();
    }
}

json array_of(json one) {
    auto array = json::array();
    array.push_back(std::move(one));
    return array;
}

/// For the questions that a call asks beside itself: repeatability and probe are its own.
CallOptions limit_of(CallOptions const& options) {
    CallOptions only;
    if (auto const limit = options.limit()) only.timeout(*limit);
    return only;
}

asio::awaitable<Result<std::shared_ptr<FieldTypes const>>> types_of(Way way, std::string model, CallOptions options) {
    if (auto known = way.core->field_types(model)) co_return known;
    auto const asked = way.core->credentials();
    json kwargs{{"attributes", array_of("type")}};
    Result<json> const fields =
        co_await execute(way, model, "fields_get", json::array(), std::move(kwargs), limit_of(options));
    if (!fields) co_return fields.error();
    auto types = std::make_shared<FieldTypes const>(field_types(*fields));
    way.core->field_types(model, types, asked);
    co_return types;
}

asio::awaitable<Result<RecordId>> load_once(Way way, std::string model, ExternalId id, Values record,
                                            CallOptions options) {
    Result<std::shared_ptr<FieldTypes const>> const types = co_await types_of(way, model, options);
    if (!types) co_return types.error();
    auto const load = load_arguments(id, record, **types);
    Call call = call_of(way, model, "load", load.args, load.kwargs, options);
    call.name = model + ".create_once";
    call.record = id.text();
    call.is_repeatable = options.may_be_repeated().value_or(true);

    Result<json> const answer = co_await way.core->run(call);
    if (!answer) co_return answer.error();
    if (is_id(*answer)) co_return answer->get<RecordId>();  // from a probe
    AskedCall const asked{.name = call.name};
    auto const ids = classify_load(*answer, asked, call.record);
    if (!ids) co_return ids.error();
    if (ids->size() != 1) co_return refusal(Errc::protocol_error, call.name + ": not one id", Delivery::unknown);
    co_return ids->front();
}

asio::awaitable<Result<void>> delete_records(Way way, std::string model, RecordIds ids, CallOptions options) {
    Call call = call_of(way, model, "unlink", array_of(ids.list()), json::object(), options);
    Result<json> const deleted = co_await way.core->run(call);
    if (deleted) co_return Result<void>{};
    bool const may_be_done = call.may_be_done && deleted.error().is<MissingError>();
    if (!may_be_done) co_return deleted.error();

    // Either the attempt before deleted all, or what is missing is one of many, or a record that hangs on them.
    json kwargs{{"context", {{"active_test", false}}}};
    json args = array_of(field("id").in(ids.list()).json());
    Result<json> const left =
        co_await execute(way, model, "search", std::move(args), std::move(kwargs), limit_of(options));
    if (!left) co_return detail::as_thrown(left.error(), Delivery::unknown);
    if (left->is_array() && left->empty()) co_return Result<void>{};
    co_return deleted.error();
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
    return caught(execute(Way{core_, context_}, std::move(model), std::move(method), std::move(args), std::move(kwargs),
                          options));
}

asio::awaitable<Result<RecordId>> ClientResults::create(std::string model, Values record, CallOptions options) const {
    auto name = model + ".create";
    auto args = array_of(std::move(record).json());
    return caught(typed<RecordId>(std::move(name), execute(Way{core_, context_}, std::move(model), "create",
                                                           std::move(args), json::object(), options)));
}

asio::awaitable<Result<RecordId>> ClientResults::create_once(std::string model, ExternalId id, Values record,
                                                             CallOptions options) const {
    return caught(load_once(Way{core_, context_}, std::move(model), std::move(id), std::move(record), options));
}

asio::awaitable<Result<json>> ClientResults::read(std::string model, RecordIds ids, Fields fields,
                                                  CallOptions options) const {
    auto kwargs = json::object();
    if (!fields.names().empty()) kwargs["fields"] = fields.names();
    return execute_kw(std::move(model), "read", array_of(ids.list()), std::move(kwargs), options);
}

asio::awaitable<Result<std::vector<RecordId>>> ClientResults::search(std::string model, Domain domain,
                                                                     SearchOptions part, CallOptions options) const {
    auto name = model + ".search";
    auto args = array_of(std::move(domain).json());
    return caught(typed<std::vector<RecordId>>(
        std::move(name),
        execute(Way{core_, context_}, std::move(model), "search", std::move(args), part.kwargs(), options)));
}

asio::awaitable<Result<json>> ClientResults::search_read(std::string model, Domain domain, Fields fields,
                                                         SearchOptions part, CallOptions options) const {
    auto kwargs = part.kwargs();
    if (!fields.names().empty()) kwargs["fields"] = fields.names();
    return execute_kw(std::move(model), "search_read", array_of(std::move(domain).json()), std::move(kwargs), options);
}

asio::awaitable<Result<void>> ClientResults::write(std::string model, RecordIds ids, Values changes,
                                                   CallOptions options) const {
    auto name = model + ".write";
    auto args = array_of(ids.list());
    args.push_back(std::move(changes).json());
    return caught(typed<void>(std::move(name), execute(Way{core_, context_}, std::move(model), "write", std::move(args),
                                                       json::object(), options)));
}

asio::awaitable<Result<void>> ClientResults::unlink(std::string model, RecordIds ids, CallOptions options) const {
    return caught(delete_records(Way{core_, context_}, std::move(model), std::move(ids), options));
}

}  // namespace zenoo_rpc
