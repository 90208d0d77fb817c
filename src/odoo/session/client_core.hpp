// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_CLIENT_CORE_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_CLIENT_CORE_HPP

#include "odoo/session/call.hpp"
#include "odoo/session/client_state.hpp"
#include "odoo/session/renewal.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace zenoo_rpc::detail {

/// Makes calls: encodes, exchanges, classifies, and decides the outcome. Shared by a client and its calls under way.
///
/// Threads: safe to share.
class ClientCore : public ClientState {
public:
    /// Replaces a session that has expired. A parameter, since logging in makes calls itself.
    using LogInAgain = asio::awaitable<Result<Renewal::Session>> (*)(ClientCore& core, Renewal::Session expired);

    ClientCore(asio::any_io_executor executor, std::shared_ptr<Transport> transport, ClientOptions options,
               std::string prefix, LogInAgain log_in_again);

    /// Makes the call with the client's retries. Lifetime: `call` must outlive it.
    asio::awaitable<Result<nlohmann::json>> run(Call& call);
    /// Makes the call with the client's retries, where `attempt` makes each attempt. Lifetime: `call` must outlive it.
    asio::awaitable<Result<nlohmann::json>> run(Call& call, CallAttempt attempt);
    /// Makes one attempt, in a new session if the old one has expired.
    asio::awaitable<Result<nlohmann::json>> attempt(Call& call);
    /// Makes the call once, without retries and without a new login if the session has expired.
    asio::awaitable<Result<nlohmann::json>> run_once(Call& call) { return send(call, WhenExpired::fail); }

private:
    enum class WhenExpired { fail, renew };

    asio::awaitable<Result<nlohmann::json>> run_probed(Call& call, CallAttempt attempt);
    asio::awaitable<Result<nlohmann::json>> attempt_probed(Call& call);
    asio::awaitable<Result<nlohmann::json>> send(Call& call, WhenExpired when_expired);

    std::atomic<std::int64_t> last_id_ = 0;
    Renewal renewal_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_CLIENT_CORE_HPP
