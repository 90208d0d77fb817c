// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/client_core.hpp"
#include "odoo/session/login.hpp"
#include "odoo/session/record_call.hpp"

#include <zenoo_rpc/cache/cache_manager.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/odoo/http_transport.hpp>
#include <zenoo_rpc/odoo/url.hpp>

namespace zenoo_rpc {

namespace {

std::shared_ptr<detail::ClientCore> core_over_http(asio::any_io_executor executor, ServerAddress const& server,
                                                   ClientOptions const& options) {
    detail::check(options);
    HttpLimits limits;
    limits.connect_timeout = options.connect_timeout;
    limits.max_response_size = options.max_response_size;
    limits.max_concurrency = options.max_concurrency;
    limits.max_queued = options.max_queued;
    limits.idle_connections = options.idle_connections;
    auto transport = std::make_shared<HttpTransport>(server, limits, options.tls);
    return std::make_shared<detail::ClientCore>(std::move(executor), std::move(transport), options, server.prefix,
                                                detail::log_in_again);
}

asio::awaitable<void> close_core(std::shared_ptr<detail::ClientCore> core, Duration grace) {
    co_await core->transport().close(grace);
}

}  // namespace

ZenooClient::ZenooClient(asio::any_io_executor executor, std::string const& host_or_url, ClientOptions options)
    : core_{core_over_http(std::move(executor), parse_server_address(host_or_url, options.port), options)} {}

ZenooClient::ZenooClient(asio::any_io_executor executor, std::shared_ptr<Transport> transport, ClientOptions options)
    : core_{std::make_shared<detail::ClientCore>(std::move(executor), std::move(transport), options, "",
                                                 detail::log_in_again)} {}

ZenooClient::ZenooClient(std::shared_ptr<detail::ClientCore> core, std::shared_ptr<nlohmann::json const> context)
    : core_{std::move(core)}, context_{std::move(context)} {}

ZenooClient ZenooClient::with_context(Values context) const {
    auto merged = context_ ? *context_ : nlohmann::json::object();
    merged.update(std::move(context).json());
    return {core_, std::make_shared<nlohmann::json const>(std::move(merged))};
}

asio::any_io_executor ZenooClient::get_executor() const { return core_->executor(); }

void ZenooClient::setup_retry_manager(RetryManagerOptions options) {
    core_->retries(std::make_shared<detail::CallRetries const>(std::move(options)));
}

RetryManager ZenooClient::retry_manager() const { return RetryManager{core_->retries()}; }

CacheManager ZenooClient::cache_manager() const { return core_->cache_manager(); }

void ZenooClient::setup_cache_manager(CacheOptions const& options) {
    core_->cache_manager(CacheManager{core_->executor(), options});
}

void ZenooClient::set_idempotent(std::string model, std::string method, bool yes) {
    core_->set_idempotent(std::move(model), std::move(method), yes);
}

void ZenooClient::on_traceback(TracebackObserver observer) { core_->on_traceback(std::move(observer)); }

void ZenooClient::logout() { core_->credentials(nullptr); }

asio::awaitable<RecordId> ZenooClient::create(std::string model, Values record, CallOptions options) {
    return detail::send_record<RecordId>(detail::CallScope{core_, context_}, std::move(model), std::nullopt,
                                         std::move(record), std::move(options));
}

asio::awaitable<void> ZenooClient::write(std::string model, RecordIds ids, Values changes, CallOptions options) {
    return detail::send_record<void>(detail::CallScope{core_, context_}, std::move(model), std::move(ids),
                                     std::move(changes), std::move(options));
}

asio::awaitable<void> ZenooClient::close(Duration grace) { return close_core(core_, grace); }

asio::awaitable<RecordId> ZenooClient::login(std::string database, std::string user, std::string password) {
    detail::WipedAtEnd const wiped{password};  // a short string leaves its bytes behind when it is moved
    return detail::or_throw(results().login(std::move(database), std::move(user), password));
}

asio::awaitable<RecordId> ZenooClient::login_with_api_key(std::string database, std::string user, std::string key) {
    detail::WipedAtEnd const wiped{key};
    return detail::or_throw(results().login_with_api_key(std::move(database), std::move(user), key));
}

asio::awaitable<RecordId> ZenooClient::login_with_api_key(std::string database, std::string key) {
    detail::WipedAtEnd const wiped{key};
    return detail::or_throw(results().login_with_api_key(std::move(database), key));
}

}  // namespace zenoo_rpc
