// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/client_state.hpp"

#include <zenoo_rpc/core/detail/check.hpp>

#include <stdexcept>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

/// Checks for a change of user: the next one may lack access to what the cache holds.
bool is_another_user(Credentials const* before, Credentials const* now) {
    if (!before) return false;
    return !now || now->database != before->database || now->uid != before->uid;
}

}  // namespace

void check(ClientOptions const& options) {
    check_each(NotNegative{"ClientOptions::connect_timeout", options.connect_timeout},
               NotNegative{"ClientOptions::request_timeout", options.request_timeout});
    if (options.max_concurrency == 0) {
        throw std::invalid_argument{"ClientOptions::max_concurrency must be at least 1, but is 0"};
    }
}

ClientState::ClientState(asio::any_io_executor executor, std::shared_ptr<Transport> transport, ClientOptions options,
                         std::string prefix)
    : executor_{std::move(executor)},
      transport_{std::move(transport)},
      options_{options},
      prefix_{std::move(prefix)},
      protocol_{options.protocol},
      cache_manager_{executor_} {
    if (!transport_) throw std::invalid_argument{"the transport of a ZenooClient must not be null"};
    check(options_);
}

std::shared_ptr<CallRetries const> ClientState::retries() const {
    if (!is_adapted_) return nullptr;
    std::scoped_lock lock{mutex_};
    return retries_;
}

void ClientState::retries(std::shared_ptr<CallRetries const> retries) {
    std::scoped_lock lock{mutex_};
    is_adapted_ = true;
    std::swap(retries_, retries);  // the former ones may have observers, which are not destroyed under a lock
}

CacheManager ClientState::cache_manager() const {
    std::scoped_lock lock{mutex_};
    return cache_manager_;
}

void ClientState::cache_manager(CacheManager manager) {
    std::scoped_lock lock{mutex_};
    std::swap(cache_manager_, manager);  // the values of the former one are not destroyed under a lock
}

std::shared_ptr<Credentials const> ClientState::credentials() const {
    std::scoped_lock lock{mutex_};
    return credentials_;
}

void ClientState::credentials(std::shared_ptr<Credentials const> credentials) {
    std::unique_lock lock{mutex_};
    credentials_.swap(credentials);
    field_types_.clear();  // another database may have other fields
    auto const cache = cache_manager_;
    bool const forgets = is_another_user(credentials.get(), credentials_.get());
    lock.unlock();
    if (forgets) cache.clear();
}

void ClientState::replace_credentials(std::shared_ptr<Credentials const> const& expired,
                                      std::shared_ptr<Credentials const> fresh) {
    std::scoped_lock lock{mutex_};
    if (credentials_ == expired) credentials_ = std::move(fresh);
}

Protocol ClientState::protocol() const {
    std::scoped_lock lock{mutex_};
    return protocol_;
}

void ClientState::protocol(Protocol found) {
    std::scoped_lock lock{mutex_};
    protocol_ = found;
}

std::optional<bool> ClientState::is_idempotent(std::string_view model, std::string_view method) const {
    if (!is_adapted_) return std::nullopt;
    std::scoped_lock lock{mutex_};
    return idempotency_.find(model, method);
}

void ClientState::set_idempotent(std::string model, std::string method, bool yes) {
    std::scoped_lock lock{mutex_};
    is_adapted_ = true;
    idempotency_.set(std::move(model), std::move(method), yes);
}

std::shared_ptr<TracebackObserver const> ClientState::on_traceback() const {
    if (!is_adapted_) return nullptr;
    std::scoped_lock lock{mutex_};
    return on_traceback_;
}

void ClientState::on_traceback(TracebackObserver observer) {
    auto shared = std::make_shared<TracebackObserver const>(std::move(observer));
    std::scoped_lock lock{mutex_};
    is_adapted_ = true;
    std::swap(on_traceback_, shared);
}

std::shared_ptr<FieldTypes const> ClientState::field_types(std::string const& model) const {
    std::scoped_lock lock{mutex_};
    auto const found = field_types_.find(model);
    return found == field_types_.end() ? nullptr : found->second;
}

void ClientState::field_types(std::string const& model, std::shared_ptr<FieldTypes const> types,
                              std::shared_ptr<Credentials const> const& asked) {
    std::scoped_lock lock{mutex_};
    if (!asked || !credentials_ || credentials_->secret != asked->secret) return;
    field_types_.insert_or_assign(model, std::move(types));
}

}  // namespace zenoo_rpc::detail
