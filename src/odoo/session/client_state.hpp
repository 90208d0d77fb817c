// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_CLIENT_STATE_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_CLIENT_STATE_HPP

#include "odoo/records/field_types.hpp"
#include "odoo/session/call_retries.hpp"
#include "odoo/support/credentials.hpp"
#include "odoo/wire/idempotency.hpp"

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

/// Throws `std::invalid_argument`, which names the option, unless all options are usable.
void check(ClientOptions const& options);

/// Configuration of a client, and the state that has been set or found since.
///
/// Threads: safe to share.
class ClientState {
public:
    ClientState(asio::any_io_executor executor, std::shared_ptr<Transport> transport, ClientOptions options,
                std::string prefix);

    asio::any_io_executor const& executor() const noexcept { return executor_; }
    ClientOptions const& options() const noexcept { return options_; }
    Transport& transport() const noexcept { return *transport_; }
    /// Prefix of the path of every request.
    std::string const& prefix() const noexcept { return prefix_; }

    /// Null if calls are not retried.
    std::shared_ptr<CallRetries const> retries() const;
    void retries(std::shared_ptr<CallRetries const> retries);
    CacheManager cache_manager() const;
    void cache_manager(CacheManager manager);
    /// Null before login, and after logout.
    std::shared_ptr<Credentials const> credentials() const;
    void credentials(std::shared_ptr<Credentials const> credentials);
    /// Does nothing if the credentials have changed since, by a login or a logout.
    void replace_credentials(std::shared_ptr<Credentials const> const& expired,
                             std::shared_ptr<Credentials const> fresh);
    /// Returns the protocol that was chosen or found; else `automatic`.
    Protocol protocol() const;
    void protocol(Protocol found);
    /// Returns what the client's own rules say of a method; nothing if no rule matches.
    std::optional<bool> is_idempotent(std::string_view model, std::string_view method) const;
    void set_idempotent(std::string model, std::string method, bool yes);
    /// Null if no observer was set.
    std::shared_ptr<TracebackObserver const> on_traceback() const;
    void on_traceback(TracebackObserver observer);
    /// Null if the fields of that model have not been read yet.
    std::shared_ptr<FieldTypes const> field_types(std::string const& model) const;
    /// Stores the types if the client still has the session that was asked, or one renewed from it.
    void field_types(std::string const& model, std::shared_ptr<FieldTypes const> types,
                     std::shared_ptr<Credentials const> const& asked);

private:
    asio::any_io_executor const executor_;
    std::shared_ptr<Transport> const transport_;
    ClientOptions const options_;
    std::string const prefix_;

    /// True once rules, retries or an observer were set: until then calls need not look for them under the lock.
    std::atomic<bool> is_adapted_ = false;
    mutable std::mutex mutex_;  // guards the members below
    Protocol protocol_;
    std::shared_ptr<CallRetries const> retries_;
    CacheManager cache_manager_;
    std::shared_ptr<Credentials const> credentials_;
    std::shared_ptr<TracebackObserver const> on_traceback_;
    IdempotencyRules idempotency_;
    std::map<std::string, std::shared_ptr<FieldTypes const>> field_types_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_CLIENT_STATE_HPP
