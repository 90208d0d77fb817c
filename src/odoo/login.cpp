// SPDX-License-Identifier: BSL-1.0
#include "odoo/login.hpp"

#include "odoo/complaint.hpp"

#include <zenoo_rpc/odoo/json_rpc.hpp>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;
using Core = std::shared_ptr<ClientCore>;

Failure refusal(Errc code, std::string what, Delivery delivery) {
    return as_failure({.code = code, .what = std::move(what), .delivery = delivery});
}

Failure no_sense(std::string what) { return refusal(Errc::protocol_error, std::move(what), Delivery::unknown); }

Call question(Core const& core, std::string name, std::string method, Envelope envelope) {
    Call call{.name = std::move(name), .method = std::move(method), .envelope = std::move(envelope)};
    call.is_repeatable = true;
    call.limit = core->options().request_timeout;
    return call;
}

/// 19 of `[19, 0, ...]`, and of `["saas~19", 2, ...]`; 0 if it is no version.
int major_version(json const& version) {
    auto const info = version.is_object() ? version.value("server_version_info", json{}) : json{};
    if (!info.is_array() || info.empty()) return 0;
    if (info[0].is_number_integer()) return info[0].get<int>();
    if (!info[0].is_string()) return 0;
    std::string_view text = info[0].get_ref<std::string const&>();
    if (text.starts_with("saas~")) text.remove_prefix(5);
    int major = 0;
    std::from_chars(text.data(), text.data() + text.size(), major);
    return major;
}

Call web_version(Core const& core) {
    return question(core, "version", "version", controller_envelope("/web/webclient/version_info"));
}

/// Asks once in the life of a client. Who answers anything but a version is taken for an older server: what is wrong
/// with it shows in the answer to the login itself.
asio::awaitable<Result<Protocol>> find_protocol(Core core) {
    if (core->protocol() != Protocol::automatic) co_return core->protocol();
    Call call = web_version(core);
    Result<json> const version = co_await core->run(call);
    bool const answered = version || (version.error().delivery() == Delivery::rejected && !version.error().transient());
    if (!answered) co_return version.error();
    core->protocol(version && major_version(*version) >= 19 ? Protocol::json2 : Protocol::json_rpc);
    co_return core->protocol();
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
asio::awaitable<Result<void>> authenticate(Core core, std::shared_ptr<Credentials> who) {
    Call call = question(core, "login", "authenticate", service_envelope("common", "authenticate", "{}"));
    call.credentials = who;
    Result<json> const uid = co_await core->run_until_sent(call);
    if (!uid) co_return unless_unknown(uid.error(), who->database);
    if (*uid == false) {
        co_return refusal(Errc::authentication_failed, "login: wrong user or password", Delivery::rejected);
    }
    if (!uid->is_number_integer() || *uid <= 0) co_return no_sense("login: not what Odoo answers");
    who->uid = uid->get<RecordId>();
    co_return Result<void>{};
}

/// By JSON-2, where every request is a login: the first question tells who the user is.
asio::awaitable<Result<void>> identify(Core core, std::shared_ptr<Credentials> who) {
    auto const nothing = json::array();
    auto const none = json::object();
    Call call = question(core, "login", "context_get",
                         model_envelope(Protocol::json2, "res.users", "context_get", nothing, none));
    call.credentials = who;
    Result<json> const context = co_await core->run_until_sent(call);
    if (!context) co_return context.error();
    auto const uid = context->is_object() ? context->value("uid", json{}) : json{};
    if (!uid.is_number_integer() || uid <= 0) co_return no_sense("login: not what Odoo answers");
    who->uid = uid.get<RecordId>();
    co_return Result<void>{};
}

void require_text(std::string_view what, std::string const& text) {
    require_one_line(what, text);
    static_cast<void>(json_rpc::text_of(text, what));
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

asio::awaitable<Result<RecordId>> log_in(Core core, std::shared_ptr<Credentials> who, SecretKind kind) {
    require_text("login: the name of the database", who->database);
    static_cast<void>(json_rpc::text_of(who->login, "login: user"));
    if (kind == SecretKind::password) {
        if (core->options().protocol == Protocol::json2) {
            throw std::invalid_argument{"login: JSON-2 takes no password, but an API key: use login_with_api_key"};
        }
        who->protocol = Protocol::json_rpc;
    } else {
        require_api_key(*who);
        Result<Protocol> const spoken = co_await find_protocol(core);
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
    auto work = who->protocol == Protocol::json2 ? identify(core, who) : authenticate(core, who);
    Result<void> const known = co_await std::move(work);
    if (!known) co_return known.error();
    core->credentials(who);
    co_return who->uid;
}

asio::awaitable<Result<json>> ask_version(Core core) {
    bool const is_json2 = core->protocol() == Protocol::json2;
    auto const by_service = [&] {
        return question(core, "version", "version", service_envelope("common", "version", ""));
    };
    Call call = is_json2 ? web_version(core) : by_service();
    Result<json> version = co_await core->run(call);
    bool const is_not_there =
        !version && version.error().is<ProtocolError>() && reply_of(version.error()).http_status == 404 && !is_json2;
    if (!is_not_there) co_return version;
    Call elsewhere = web_version(core);  // Odoo 22 and later have no services any more
    Result<json> answer = co_await core->run(elsewhere);
    co_return answer;
}

}  // namespace zenoo_rpc::detail
