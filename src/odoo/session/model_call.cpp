// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/model_call.hpp"

#include "odoo/wire/named_arguments.hpp"
#include "odoo/wire/repeatability.hpp"

#include <zenoo_rpc/core/detail/check.hpp>
#include <zenoo_rpc/core/exceptions.hpp>
#include <zenoo_rpc/odoo/detail/row_table.hpp>

#include <algorithm>
#include <utility>

namespace zenoo_rpc::detail {

using nlohmann::json;

namespace {

/// True if the user's context is all that the call sends.
bool has_no_other_context(json const& kwargs, json const* of_client) {
    return !of_client && kwargs.is_object() && !kwargs.contains("context");
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

Envelope envelope_of(Way const& way, Credentials const* who, std::string const& model, std::string const& method,
                     json const& args, json const& kwargs) {
    auto const protocol = who ? who->protocol : Protocol::json_rpc;
    if (who && has_no_other_context(kwargs, way.context.get())) {
        return model_envelope(protocol, model, method, args, kwargs, who->user_context_text);
    }
    return model_envelope(protocol, model, method, args, with_context(kwargs, who, way.context.get()));
}

Call begin_call(Way const& way, std::string const& model, std::string const& method) {
    return {.name = model + '.' + method, .method = method, .credentials = way.core->credentials()};
}

void require_login(Call const& call) {
    if (call.credentials) return;
    AuthenticationError error{call.name + ": not logged in"};
    error.delivery(Delivery::not_sent);
    throw error;
}

template <class IsRepeatable>
void apply(CallOptions const& options, Way const& way, std::string const& model, IsRepeatable is_repeatable,
           Call& call) {
    auto said = options.may_be_repeated();
    if (!said) said = way.core->may_be_repeated(model, call.method);
    call.is_repeatable = said ? *said : is_repeatable();
    call.probe = options.probe();
    call.limit = options.limit().value_or(way.core->options().request_timeout);
    check_each(NotNegative{"CallOptions::timeout", call.limit});
}

/// What it is of the whole arguments, which only matter if they have lists in them.
bool repeats_harmlessly(std::string const& method, RecordIds const* ids, Values const& record) {
    static json const none = json::array();
    static json const nothing = json::object();
    auto const is_structured = [](auto const& member) { return member.value.is_structured(); };
    bool const has_lists = ids && std::ranges::any_of(record.members(), is_structured);
    if (has_lists) return is_repeatable(method, record_arguments(ids, record), nothing);
    return is_repeatable(method, none, nothing);
}

}  // namespace

Call call_of(Way const& way, std::string const& model, std::string const& method, json const& args, json const& kwargs,
             CallOptions const& options) {
    Call call = begin_call(way, model, method);
    call.envelope = envelope_of(way, call.credentials.get(), model, method, args, kwargs);
    require_login(call);
    call.unwraps_one = call.credentials->protocol == Protocol::json2 && creates_one(method, args, kwargs);
    apply(options, way, model, [&] { return is_repeatable(method, args, kwargs); }, call);
    return call;
}

Call call_of(Way const& way, std::string const& model, RecordIds const* ids, Values const& record,
             CallOptions const& options) {
    std::string const method = ids ? "write" : "create";
    Call call = begin_call(way, model, method);
    bool const is_plain = call.credentials && call.credentials->protocol == Protocol::json_rpc && !way.context;
    if (!is_plain) return call_of(way, model, method, record_arguments(ids, record), json::object(), options);
    call.envelope = record_envelope(model, method, ids, record, call.credentials->user_context_text);
    apply(options, way, model, [&] { return repeats_harmlessly(method, ids, record); }, call);
    return call;
}

asio::awaitable<Result<json>> execute(Way way, std::string model, std::string method, json args, json kwargs,
                                      CallOptions options) {
    Call call = call_of(way, model, method, args, kwargs, options);
    args = nullptr;  // encoded, and perhaps large
    Result<json> result = co_await way.core->run(call);
    co_return result;
}

asio::awaitable<Result<void>> execute_into(RowSink& rows, Way way, std::string model, std::string method, json args,
                                           json kwargs, CallOptions options) {
    auto& fields = kwargs["fields"] = json::array();
    for (auto const& column : rows.columns()) fields.push_back(column.name);
    Call call = call_of(way, model, method, args, kwargs, options);
    call.rows = &rows;
    call.probe = nullptr;  // what it finds is no row
    args = nullptr;
    Result<json> const done = co_await way.core->run(call);
    if (!done) co_return done.error();
    co_return Result<void>{};
}

CallOptions limit_of(CallOptions const& options) {
    CallOptions only;
    if (auto const limit = options.limit()) only.timeout(*limit);
    return only;
}

asio::awaitable<Result<std::shared_ptr<FieldTypes const>>> types_of(Way way, std::string model, CallOptions options) {
    if (auto known = way.core->field_types(model)) co_return known;
    auto const asked = way.core->credentials();
    json kwargs{{"attributes", {"type", "selection"}}};
    Result<json> const fields =
        co_await execute(way, model, "fields_get", json::array(), std::move(kwargs), limit_of(options));
    if (!fields) co_return fields.error();
    auto types = std::make_shared<FieldTypes const>(field_types(*fields));
    way.core->field_types(model, types, asked);
    co_return types;
}

json array_of(json one) {
    auto array = json::array();
    array.push_back(std::move(one));
    return array;
}

}  // namespace zenoo_rpc::detail
