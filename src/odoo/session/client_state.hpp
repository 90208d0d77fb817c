// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_CLIENT_STATE_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_CLIENT_STATE_HPP

#include "odoo/records/field_types.hpp"
#include "odoo/session/call_retries.hpp"
#include "odoo/support/credentials.hpp"
#include "odoo/wire/repeatability.hpp"

#include <zenoo_rpc/cache/cache_manager.hpp>
#include <zenoo_rpc/odoo/client_options.hpp>
#include <zenoo_rpc/odoo/transport.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace zenoo_rpc::detail {

/// Throws `std::invalid_argument` that names what is unusable.
void check(ClientOptions const& options);

/// Holds what a client was given, and what has been said to it or found out since.
///
/// Threads: safe to share.
class ClientState {
public:
    ClientState(asio::any_io_executor executor, std::shared_ptr<Transport> transport, ClientOptions options,
                std::string prefix);

    asio::any_io_executor const& executor() const noexcept { return executor_; }
    ClientOptions const& options() const noexcept { return options_; }
    Transport& transport() const noexcept { return *transport_; }
    /// Begins the path of every request.
    std::string const& prefix() const noexcept { return prefix_; }

    /// Null if calls are made once.
    std::shared_ptr<CallRetries const> retries() const;
    void retries(std::shared_ptr<CallRetries const> retries);
    CacheManager cache_manager() const;
    void cache_manager(CacheManager manager);
    /// Null before login, and after logout.
    std::shared_ptr<Credentials const> credentials() const;
    void credentials(std::shared_ptr<Credentials const> credentials);
    /// Does nothing if somebody else has logged in, or out, since.
    void replace_credentials(std::shared_ptr<Credentials const> const& expired,
                             std::shared_ptr<Credentials const> fresh);
    /// What was chosen, or has been found out; else `automatic`.
    Protocol protocol() const;
    void protocol(Protocol found);
    /// What the rules of the client say; nothing if they say nothing.
    std::optional<bool> may_be_repeated(std::string_view model, std::string_view method) const;
    void set_repeatable(std::string model, std::string method, bool yes);
    /// Null unless somebody wants to be told.
    std::shared_ptr<TracebackObserver const> on_traceback() const;
    void on_traceback(TracebackObserver observer);
    /// Null if nobody has asked for that model yet.
    std::shared_ptr<FieldTypes const> field_types(std::string const& model) const;
    /// Kept if the session that was asked, or one renewed from it, is still the client's.
    void field_types(std::string const& model, std::shared_ptr<FieldTypes const> types,
                     std::shared_ptr<Credentials const> const& asked);

private:
    asio::any_io_executor const executor_;
    std::shared_ptr<Transport> const transport_;
    ClientOptions const options_;
    std::string const prefix_;

    /// Somebody has set rules, retries or an observer: until then calls need not look for them under the lock.
    std::atomic<bool> is_adapted_ = false;
    mutable std::mutex mutex_;  // of what follows
    Protocol protocol_;
    std::shared_ptr<CallRetries const> retries_;
    CacheManager cache_manager_;
    std::shared_ptr<Credentials const> credentials_;
    std::shared_ptr<TracebackObserver const> on_traceback_;
    RepeatabilityRules repeatability_;
    std::map<std::string, std::shared_ptr<FieldTypes const>> field_types_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_CLIENT_STATE_HPP
