// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/login.hpp"

#include "odoo/session/outcome.hpp"
#include "odoo/session/server_questions.hpp"
#include "odoo/session/typed_answer.hpp"
#include "odoo/support/complaint.hpp"
#include "odoo/wire/json_text.hpp"

#include <openssl/asn1.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

Failure refusal(Errc code, std::string what, Delivery delivery) {
    return as_failure({.code = code, .what = std::move(what), .delivery = delivery});
}

/// The same failure, said clearly if what it says is that there is no such database, or no JSON-RPC any more.
Failure unless_unknown(Failure const& failure, std::string const& database) {
    auto reply = reply_of(failure);
    if (reply.http_status == 404 && failure.is<ProtocolError>()) {
        return as_failure({.code = Errc::protocol_error,
                           .what = "login: there is no /jsonrpc at this address: either it is no Odoo, or one from "
                                   "version 22 on, which needs login_with_api_key",
                           .delivery = Delivery::rejected,
                           .reply = std::move(reply)});
    }
    if (failure.code() != Errc::server_error || reply.name != "psycopg2.OperationalError") return failure;
    return as_failure({.code = Errc::server_error,
                       .what = "login: there is no database \"" + database + "\" on this server",
                       .delivery = Delivery::rejected,
                       .reply = std::move(reply)});
}

/// By JSON-RPC, which has a method for it.
asio::awaitable<Result<void>> authenticate(ClientCore& core, std::shared_ptr<Credentials> who) {
    Call call = question(core, "login", "authenticate", service_envelope("common", "authenticate", "{}"));
    call.credentials = who;
    Result<json> const uid = co_await core.run_once(call);
    if (!uid) co_return unless_unknown(uid.error(), who->database);
    if (*uid == false) {
        co_return refusal(Errc::authentication_failed, "login: wrong user or password", Delivery::rejected);
    }
    if (!uid->is_number_integer() || *uid <= 0) co_return not_what_odoo_answers("login");
    who->uid = uid->get<RecordId>();
    co_return Result<void>{};
}

Call context_question(ClientCore& core, std::shared_ptr<Credentials> const& who) {
    auto const nothing = json::array();
    auto const none = json::object();
    Call call = question(core, "login", "context_get",
                         model_envelope(who->protocol, "res.users", "context_get", nothing, none));
    call.credentials = who;
    return call;
}

void keep_context(ClientCore const& core, Credentials& who, json const& context) {
    if (!core.options().user_context || !context.is_object()) return;
    who.user_context = context;
    who.user_context.erase("uid");  // is who calls, whatever a context says
    who.user_context_text = who.user_context.empty() ? "" : json_text(who.user_context, "context");
}

/// By JSON-2, where every request is a login: the first question tells who the user is.
asio::awaitable<Result<void>> identify(ClientCore& core, std::shared_ptr<Credentials> who) {
    Call call = context_question(core, who);
    Result<json> const context = co_await core.run_once(call);
    if (!context) co_return context.error();
    auto const uid = context->is_object() ? context->value("uid", json{}) : json{};
    if (!uid.is_number_integer() || uid <= 0) co_return not_what_odoo_answers("login");
    who->uid = uid.get<RecordId>();
    keep_context(core, *who, *context);
    co_return Result<void>{};
}

asio::awaitable<Result<void>> make_known(ClientCore& core, std::shared_ptr<Credentials> who) {
    return who->protocol == Protocol::json2 ? identify(core, std::move(who)) : authenticate(core, std::move(who));
}

/// A user who may not ask for a context has none.
asio::awaitable<Result<void>> ask_context(ClientCore& core, std::shared_ptr<Credentials> who) {
    Call call = context_question(core, who);
    Result<json> const context = co_await core.run_once(call);
    bool const may_not = !context && context.error().delivery() == Delivery::rejected && !context.error().transient();
    // The password is accepted by now, so that repeating the login does no harm.
    if (!context && !may_not) co_return as_thrown(context.error(), Delivery::not_sent);
    if (context) keep_context(core, *who, *context);
    co_return Result<void>{};
}

/// One attempt of a login: what an earlier one has found out is not asked again.
asio::awaitable<Result<json>> attempt_login(ClientCore& core, std::shared_ptr<Credentials> who) {
    if (who->uid == 0) {
        Result<void> const known = co_await make_known(core, who);
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

/// Without a copy, for it may be a secret.
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

/// A bearer token stands in a header.
void require_api_key(Credentials const& who) {
    auto const key = who.secret->text();
    bool const is_plain = std::ranges::all_of(key, [](char c) { return c > ' ' && c < 0x7f; });
    if (key.empty() || !is_plain) {
        throw std::invalid_argument{"login: the API key is empty, or has other than visible ASCII characters"};
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
            throw std::invalid_argument{"login: JSON-2 takes no password, but an API key: use login_with_api_key"};
        }
        who->protocol = Protocol::json_rpc;
    } else {
        require_api_key(*who);
        Result<Protocol> const spoken = co_await find_protocol(*core);
        if (!spoken) co_return spoken.error();
        who->protocol = *spoken;
    }
    if (who->protocol == Protocol::json_rpc && who->login.empty() && kind == SecretKind::api_key) {
        co_return refusal(Errc::authentication_failed,
                          "login: JSON-RPC needs the user's name beside the API key: login_with_api_key(database, "
                          "user, key); JSON-2, from Odoo 19 on, does not",
                          Delivery::not_sent);
    }
    if (who->protocol == Protocol::json2 && !is_ascii(who->database)) {
        throw std::invalid_argument{"login: the name of the database has a character that is not ASCII"};
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
    Result<void> const known = co_await make_known(core, who);
    if (!known) co_return known.error();
    std::shared_ptr<Credentials const> const fresh = who;
    co_return fresh;
}

}  // namespace zenoo_rpc::detail
