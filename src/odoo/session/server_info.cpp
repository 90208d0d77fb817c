// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/server_info.hpp"

#include "odoo/session/typed_response.hpp"
#include "odoo/support/error_info.hpp"
#include "odoo/support/text.hpp"
#include "odoo/wire/classify.hpp"
#include "odoo/wire/json_rpc.hpp"

#include <zenoo_rpc/core/errors.hpp>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>
#include <variant>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

/// Returns 19 for `[19, 0, ...]` and for `["saas~19", 2, ...]`; 0 if it is not a version.
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

/// Call that every version of Odoo supports: `common.version` disappears with Odoo 22.
Call web_version(ClientCore const& core) {
    return server_call(core, "version", "version", controller_envelope("/web/webclient/version_info"));
}

Call common_version(ClientCore const& core) {
    return server_call(core, "version", "version", service_envelope("common", "version", ""));
}

bool is_not_there(Result<json> const& content) {
    return !content && content.error().is<ProtocolError>() && reply_of(content.error()).http_status == 404;
}

ServerHealth health_in(HttpResponse const& response) {
    ServerHealth health;
    auto const body = json_rpc::parse(response.body);
    auto const* document = std::get_if<json>(&body);
    auto const status = document && document->is_object() ? document->value("status", json{}) : json{};
    if (is_text(status, "pass") || is_text(status, "fail")) {
        health.is_reachable = true;
        auto const database = document->value("db_server_status", json{});
        if (database.is_boolean()) health.has_database = database.get<bool>();
        return health;
    }
    auto const content = classify(response, {.name = "health", .protocol = Protocol::json2});
    health.failure = content ? unexpected_response("health") : content.error();
    return health;
}

}  // namespace

Call server_call(ClientCore const& core, std::string name, std::string method, Envelope envelope) {
    Call call{.name = std::move(name), .method = std::move(method), .envelope = std::move(envelope)};
    call.is_idempotent = true;
    call.limit = core.options().request_timeout;
    return call;
}

/// Any response but a version counts as an older server: if it is not, the next calls fail.
asio::awaitable<Result<Protocol>> find_protocol(ClientCore& core) {
    if (core.protocol() != Protocol::automatic) co_return core.protocol();
    Call call = web_version(core);
    Result<json> const version = co_await core.run(call);
    bool const responded =
        version || (version.error().delivery() == Delivery::rejected && !version.error().transient());
    if (!responded) co_return version.error();
    core.protocol(version && major_version(*version) >= 19 ? Protocol::json2 : Protocol::json_rpc);
    co_return core.protocol();
}

asio::awaitable<Result<json>> ask_version(std::shared_ptr<ClientCore> core) {
    if (core->protocol() != Protocol::json2) {
        Call call = common_version(*core);
        Result<json> version = co_await core->run(call);
        if (!is_not_there(version)) co_return version;
    }
    Call call = web_version(*core);
    Result<json> version = co_await core->run(call);
    co_return version;
}

asio::awaitable<Result<std::vector<std::string>>> list_databases(std::shared_ptr<ClientCore> core) {
    Call call = server_call(*core, "database_list", "list", controller_envelope("/web/database/list"));
    Result<json> const names = co_await core->run(call);
    if (!names && names.error().is<AuthenticationError>()) {  // although no login was attempted
        co_return make_failure({.code = Errc::access_denied,
                                .what = "database_list: the server does not list its databases",
                                .delivery = Delivery::rejected,
                                .reply = reply_of(names.error())});
    }
    if (!names) co_return names.error();
    bool const is_list = names->is_array() && std::ranges::all_of(*names, [](auto& name) { return name.is_string(); });
    if (!is_list) co_return unexpected_response("database_list");
    co_return names->template get<std::vector<std::string>>();
}

asio::awaitable<Result<ServerHealth>> ask_health(std::shared_ptr<ClientCore> core) {
    HttpResponse page;
    Call call = server_call(*core, "health", "health", page_envelope("/web/health?db_server_status=1"));
    call.page = &page;
    Result<json> const asked = co_await core->run_once(call);
    if (asked) co_return health_in(page);
    if (asked.error().cancelled()) co_return asked.error();
    ServerHealth unreachable;
    unreachable.failure = asked.error();
    co_return unreachable;
}

}  // namespace zenoo_rpc::detail
