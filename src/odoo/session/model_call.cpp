// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/model_call.hpp"

#include "odoo/wire/idempotency.hpp"
#include "odoo/wire/named_arguments.hpp"

#include <zenoo_rpc/core/detail/check.hpp>
#include <zenoo_rpc/core/errors.hpp>
#include <zenoo_rpc/odoo/detail/row_table.hpp>

#include <algorithm>
#include <utility>

namespace zenoo_rpc::detail {

using nlohmann::json;

namespace {

/// True if the call sends no context but the user's.
bool has_no_other_context(json const& kwargs, json const* of_client) {
    return !of_client && kwargs.is_object() && !kwargs.contains("context");
}

/// Merges the contexts of the user, the client and the call: later ones override earlier ones.
json with_context(json kwargs, Credentials const* who, json const* of_client) {
    auto context = who ? who->user_context : json::object();
    if (of_client) context.update(*of_client);
    if (context.empty() || !kwargs.is_object()) return kwargs;
    auto& own = kwargs["context"];
    if (own.is_object()) context.update(own);
    if (own.is_object() || own.is_null()) own = std::move(context);
    return kwargs;
}

Envelope envelope_of(CallScope const& scope, Credentials const* who, std::string const& model,
                     std::string const& method, json const& args, json const& kwargs) {
    auto const protocol = who ? who->protocol : Protocol::json_rpc;
    if (who && has_no_other_context(kwargs, scope.context.get())) {
        return model_envelope(protocol, model, method, args, kwargs, who->user_context_text);
    }
    return model_envelope(protocol, model, method, args, with_context(kwargs, who, scope.context.get()));
}

Call begin_call(CallScope const& scope, std::string const& model, std::string const& method) {
    return {.name = model + '.' + method, .method = method, .credentials = scope.core->credentials()};
}

void require_login(Call const& call) {
    if (call.credentials) return;
    AuthenticationError error{call.name + ": not logged in"};
    error.delivery(Delivery::not_sent);
    throw error;
}

template <class IsIdempotent>
void apply(CallOptions const& options, CallScope const& scope, std::string const& model, IsIdempotent is_idempotent,
           Call& call) {
    auto declared = options.is_idempotent();
    if (!declared) declared = scope.core->is_idempotent(model, call.method);
    call.is_idempotent = declared ? *declared : is_idempotent();
    call.probe = options.probe();
    call.limit = options.limit().value_or(scope.core->options().request_timeout);
    check_each(NotNegative{"CallOptions::timeout", call.limit});
}

/// Checks a `create` or `write`; builds its arguments only if a value is structured, since others do not matter.
bool is_idempotent_record_call(std::string const& method, RecordIds const* ids, Values const& record) {
    static json const none = json::array();
    static json const nothing = json::object();
    auto const is_structured = [](auto const& member) { return member.value.is_structured(); };
    bool const has_lists = ids && std::ranges::any_of(record.members(), is_structured);
    if (has_lists) return is_idempotent(method, record_arguments(ids, record), nothing);
    return is_idempotent(method, none, nothing);
}

}  // namespace

Call call_of(CallScope const& scope, std::string const& model, std::string const& method, json const& args,
             json const& kwargs, CallOptions const& options) {
    Call call = begin_call(scope, model, method);
    call.envelope = envelope_of(scope, call.credentials.get(), model, method, args, kwargs);
    require_login(call);
    call.unwraps_one = call.credentials->protocol == Protocol::json2 && creates_one(method, args, kwargs);
    apply(options, scope, model, [&] { return is_idempotent(method, args, kwargs); }, call);
    return call;
}

Call call_of(CallScope const& scope, std::string const& model, RecordIds const* ids, Values const& record,
             CallOptions const& options) {
    std::string const method = ids ? "write" : "create";
    Call call = begin_call(scope, model, method);
    bool const is_plain = call.credentials && call.credentials->protocol == Protocol::json_rpc && !scope.context;
    if (!is_plain) return call_of(scope, model, method, record_arguments(ids, record), json::object(), options);
    call.envelope = record_envelope(model, method, ids, record, call.credentials->user_context_text);
    apply(options, scope, model, [&] { return is_idempotent_record_call(method, ids, record); }, call);
    return call;
}

asio::awaitable<Result<json>> execute(CallScope scope, std::string model, std::string method, json args, json kwargs,
                                      CallOptions options) {
    Call call = call_of(scope, model, method, args, kwargs, options);
    args = nullptr;  // encoded, and perhaps large
    Result<json> result = co_await scope.core->run(call);
    co_return result;
}

asio::awaitable<Result<void>> execute_into(RowSink& rows, CallScope scope, std::string model, std::string method,
                                           json args, json kwargs, CallOptions options) {
    auto& fields = kwargs["fields"] = json::array();
    for (auto const& column : rows.columns()) fields.push_back(column.name);
    Call call = call_of(scope, model, method, args, kwargs, options);
    call.rows = &rows;
    call.probe = nullptr;  // its result could not be decoded into rows
    args = nullptr;
    Result<json> const done = co_await scope.core->run(call);
    if (!done) co_return done.error();
    co_return Result<void>{};
}

CallOptions limit_of(CallOptions const& options) {
    CallOptions only;
    if (auto const limit = options.limit()) only.timeout(*limit);
    return only;
}

asio::awaitable<Result<std::shared_ptr<FieldTypes const>>> types_of(CallScope scope, std::string model,
                                                                    CallOptions options) {
    if (auto known = scope.core->field_types(model)) co_return known;
    auto const asked = scope.core->credentials();
    json kwargs{{"attributes", {"type", "selection"}}};
    Result<json> const fields =
        co_await execute(scope, model, "fields_get", json::array(), std::move(kwargs), limit_of(options));
    if (!fields) co_return fields.error();
    auto types = std::make_shared<FieldTypes const>(field_types(*fields));
    scope.core->field_types(model, types, asked);
    co_return types;
}

json array_of(json one) {
    auto array = json::array();
    array.push_back(std::move(one));
    return array;
}

}  // namespace zenoo_rpc::detail
