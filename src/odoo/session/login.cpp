// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/login.hpp"

#include "odoo/session/call_failures.hpp"
#include "odoo/session/server_info.hpp"
#include "odoo/session/typed_response.hpp"
#include "odoo/support/error_info.hpp"
#include "odoo/wire/json_text.hpp"

#include <zenoo_rpc/core/errors.hpp>

#include <openssl/asn1.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

Failure refusal(Errc code, std::string what, Delivery delivery) {
    return make_failure({.code = code, .what = std::move(what), .delivery = delivery});
}

/// Returns a clearer failure if the database or JSON-RPC does not exist on the server; otherwise `failure`.
Failure explained(Failure const& failure, std::string const& database) {
    auto reply = reply_of(failure);
    if (reply.http_status == 404 && failure.is<ProtocolError>()) {
        return make_failure({.code = Errc::protocol_error,
                             .what = "login: the server has no /jsonrpc: it is not Odoo, or it is Odoo 22 or later, "
                                     "which needs login_with_api_key",
                             .delivery = Delivery::rejected,
                             .reply = std::move(reply)});
    }
    if (failure.code() != Errc::server_error || reply.name != "psycopg2.OperationalError") return failure;
    return make_failure({.code = Errc::server_error,
                         .what = "login: the server has no database \"" + database + "\"",
                         .delivery = Delivery::rejected,
                         .reply = std::move(reply)});
}

/// Logs in by JSON-RPC, which has a method for it.
asio::awaitable<Result<void>> authenticate(ClientCore& core, std::shared_ptr<Credentials> who) {
    Call call = server_call(core, "login", "authenticate", service_envelope("common", "authenticate", "{}"));
    call.credentials = who;
    Result<json> const uid = co_await core.run_once(call);
    if (!uid) co_return explained(uid.error(), who->database);
    if (*uid == false) {
        co_return refusal(Errc::authentication_failed, "login: wrong user or password", Delivery::rejected);
    }
    if (!uid->is_number_integer() || *uid <= 0) co_return unexpected_response("login");
    who->uid = uid->get<RecordId>();
    co_return Result<void>{};
}

Call context_request(ClientCore& core, std::shared_ptr<Credentials> const& who) {
    auto const nothing = json::array();
    auto const none = json::object();
    Call call = server_call(core, "login", "context_get",
                            model_envelope(who->protocol, "res.users", "context_get", nothing, none));
    call.credentials = who;
    return call;
}

void keep_context(ClientCore const& core, Credentials& who, json const& context) {
    if (!core.options().user_context || !context.is_object()) return;
    who.user_context = context;
    who.user_context.erase("uid");  // Odoo sets it to the caller in any case
    who.user_context_text = who.user_context.empty() ? "" : json_text(who.user_context, "context");
}

/// Logs in by JSON-2, where every request carries the key: the first one finds the user's id.
asio::awaitable<Result<void>> identify(ClientCore& core, std::shared_ptr<Credentials> who) {
    Call call = context_request(core, who);
    Result<json> const context = co_await core.run_once(call);
    if (!context) co_return context.error();
    auto const uid = context->is_object() ? context->value("uid", json{}) : json{};
    if (!uid.is_number_integer() || uid <= 0) co_return unexpected_response("login");
    who->uid = uid.get<RecordId>();
    keep_context(core, *who, *context);
    co_return Result<void>{};
}

asio::awaitable<Result<void>> find_user(ClientCore& core, std::shared_ptr<Credentials> who) {
    return who->protocol == Protocol::json2 ? identify(core, std::move(who)) : authenticate(core, std::move(who));
}

/// Reads the user's context; a user without access to it has none.
asio::awaitable<Result<void>> ask_context(ClientCore& core, std::shared_ptr<Credentials> who) {
    Call call = context_request(core, who);
    Result<json> const context = co_await core.run_once(call);
    bool const may_not = !context && context.error().delivery() == Delivery::rejected && !context.error().transient();
    // The password is accepted by now, so that sending the login again does no harm.
    if (!context && !may_not) co_return as_thrown(context.error(), Delivery::not_sent);
    if (context) keep_context(core, *who, *context);
    co_return Result<void>{};
}

/// Makes one attempt of a login, without the steps that an earlier attempt has completed.
asio::awaitable<Result<json>> attempt_login(ClientCore& core, std::shared_ptr<Credentials> who) {
    if (who->uid == 0) {
        Result<void> const known = co_await find_user(core, who);
        if (!known) co_return known.error();
    }
    if (who->protocol == Protocol::json_rpc && core.options().user_context) {
        Result<void> const asked = co_await ask_context(core, who);
        if (!asked) co_return asked.error();
    }
    co_return Result<json>{boost::system::in_place_value, who->uid};
}

void require_text(std::string_view what, std::string const& text) {
    require_one_line(what, text);
    static_cast<void>(json_text(text, what));
}

/// Checks without a copy, since the text may be a secret.
void require_utf8(std::string_view what, std::string_view text) {
    auto const* at = reinterpret_cast<unsigned char const*>(text.data());
    auto left = static_cast<int>(text.size());
    while (left > 0) {
        unsigned long character = 0;
        int const size = UTF8_getc(at, left, &character);
        if (size <= 0) throw std::invalid_argument{std::string{what} + " is not UTF-8"};
        at += size;
        left -= size;
    }
}

/// Requires characters that a header can carry in a bearer token.
void require_api_key(Credentials const& who) {
    auto const key = who.secret->text();
    bool const is_plain = std::ranges::all_of(key, [](char c) { return c > ' ' && c < 0x7f; });
    if (key.empty() || !is_plain) {
        throw std::invalid_argument{"login: the API key is empty or has characters other than visible ASCII"};
    }
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

asio::awaitable<Result<RecordId>> log_in(std::shared_ptr<ClientCore> core, std::shared_ptr<Credentials> who,
                                         SecretKind kind) {
    require_text("login: the name of the database", who->database);
    static_cast<void>(json_text(who->login, "login: user"));
    if (kind == SecretKind::password) require_utf8("login: the password", who->secret->text());
    if (kind == SecretKind::password) {
        if (core->options().protocol == Protocol::json2) {
            throw std::invalid_argument{
                "login: JSON-2 requires an API key instead of a password: use login_with_api_key"};
        }
        who->protocol = Protocol::json_rpc;
    } else {
        require_api_key(*who);
        Result<Protocol> const protocol = co_await find_protocol(*core);
        if (!protocol) co_return protocol.error();
        who->protocol = *protocol;
    }
    if (who->protocol == Protocol::json_rpc && who->login.empty() && kind == SecretKind::api_key) {
        co_return refusal(Errc::authentication_failed,
                          "login: JSON-RPC needs the user's name with the API key: login_with_api_key(database, "
                          "user, key); JSON-2, since Odoo 19, does not",
                          Delivery::not_sent);
    }
    if (who->protocol == Protocol::json2 && !is_ascii(who->database)) {
        throw std::invalid_argument{"login: JSON-2 requires an ASCII database name"};
    }
    auto attempt = [&] { return attempt_login(*core, who); };
    auto attempts = run_attempts_until_sent(core->retries(), "login", attempt);
    Result<json> const uid = co_await std::move(attempts);
    if (!uid) co_return uid.error();
    core->credentials(who);
    co_return who->uid;
}

asio::awaitable<Result<std::shared_ptr<Credentials const>>> log_in_again(ClientCore& core,
                                                                         std::shared_ptr<Credentials const> expired) {
    auto const who = std::make_shared<Credentials>(*expired);
    who->uid = 0;
    Result<void> const known = co_await find_user(core, who);
    if (!known) co_return known.error();
    std::shared_ptr<Credentials const> const fresh = who;
    co_return fresh;
}

}  // namespace zenoo_rpc::detail
