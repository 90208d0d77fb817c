// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_CLIENT_CORE_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_CLIENT_CORE_HPP

#include "odoo/session/renewal.hpp"
#include "odoo/support/credentials.hpp"
#include "odoo/wire/envelope.hpp"
#include "odoo/wire/repeatability.hpp"

#include <zenoo_rpc/cache/cache_manager.hpp>
#include <zenoo_rpc/odoo/call_options.hpp>
#include <zenoo_rpc/odoo/client_options.hpp>
#include <zenoo_rpc/odoo/field_types.hpp>
#include <zenoo_rpc/odoo/retry_manager.hpp>
#include <zenoo_rpc/odoo/transport.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <nlohmann/json.hpp>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace zenoo_rpc::detail {

/// One call, encoded but for the credentials, with what must be remembered between its attempts.
struct Call {
    std::string name;    ///< for texts and events: `res.partner.create`
    std::string method;  ///< of the model
    Envelope envelope = {};
    std::shared_ptr<Credentials const> credentials = {};  ///< null for what needs no login
    bool is_repeatable = false;
    Duration limit = unlimited;    ///< of an attempt
    std::string record = {};       ///< which one `load` is to load, if it is one
    bool unwraps_one = false;      ///< the answer is a list of one where the caller expects the one
    RowSink* rows = nullptr;       ///< where the records go, and then the result is null
    HttpResponse* page = nullptr;  ///< where the answer goes as it comes, and then the result is null
    bool (*expects)(nlohmann::json const&) = nullptr;  ///< what the method always returns; null: whatever it is
    Probe probe = {};                                  ///< asked before a repetition of what may be done already
    bool may_be_done = false;  ///< an attempt was sent, and has no answer that says what became of it
};

/// Throws `std::invalid_argument` that names what is unusable.
void check(ClientOptions const& options);

/// Makes calls: encode, exchange, classify, and the verdict. Shared by a client and the calls under way.
///
/// Threads: safe to share.
class ClientCore {
public:
    ClientCore(asio::any_io_executor executor, std::shared_ptr<Transport> transport, ClientOptions options,
               std::string prefix);

    asio::any_io_executor const& executor() const noexcept { return executor_; }
    ClientOptions const& options() const noexcept { return options_; }
    Transport& transport() const noexcept { return *transport_; }

    RetryManager retry_manager() const;
    void retry_manager(RetryManager manager);
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

    /// Makes attempts as the retry manager says. `call` must outlive it.
    asio::awaitable<Result<nlohmann::json>> run(Call& call);
    /// The same for attempts of the caller's own, which make this one: `attempt`.
    asio::awaitable<Result<nlohmann::json>> run(Call& call, RetryManager::Attempt attempt);
    /// One attempt: the call, in a new session if the old one has expired.
    asio::awaitable<Result<nlohmann::json>> attempt(Call& call);
    /// One attempt, whatever the retry manager says, and no new login if the session has expired.
    asio::awaitable<Result<nlohmann::json>> run_once(Call& call) { return send(call, WhenExpired::fail); }

private:
    enum class WhenExpired { fail, renew };

    asio::awaitable<Result<nlohmann::json>> run_probed(Call& call, RetryManager::Attempt attempt);
    asio::awaitable<Result<nlohmann::json>> attempt_probed(Call& call);
    asio::awaitable<Result<nlohmann::json>> send(Call& call, WhenExpired when_expired);
    Result<nlohmann::json> judge(Result<HttpResponse>& response, Call const& call, std::int64_t id) const;

    asio::any_io_executor const executor_;
    std::shared_ptr<Transport> const transport_;
    ClientOptions const options_;
    std::string const prefix_;
    std::atomic<std::int64_t> last_id_ = 0;
    Renewal renewal_;

    /// Somebody has set rules, a manager or an observer: until then calls need not look for them under the lock.
    std::atomic<bool> is_adapted_ = false;
    mutable std::mutex mutex_;  // of what follows
    Protocol protocol_;
    RetryManager retry_manager_;
    CacheManager cache_manager_;
    std::shared_ptr<Credentials const> credentials_;
    std::shared_ptr<TracebackObserver const> on_traceback_;
    RepeatabilityRules repeatability_;
    std::map<std::string, std::shared_ptr<FieldTypes const>> field_types_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_CLIENT_CORE_HPP
