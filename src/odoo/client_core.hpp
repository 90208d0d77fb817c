// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_CLIENT_CORE_HPP
#define ZENOO_RPC_SRC_ODOO_CLIENT_CORE_HPP

#include "odoo/secret.hpp"

#include <zenoo_rpc/odoo/client_options.hpp>
#include <zenoo_rpc/odoo/create_once.hpp>
#include <zenoo_rpc/odoo/odoo_error.hpp>
#include <zenoo_rpc/odoo/retry_manager.hpp>
#include <zenoo_rpc/odoo/transport.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <nlohmann/json.hpp>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace zenoo_rpc::detail {

/// In whose name calls are made. The password is here and, while a request is under way, in its body.
struct Credentials {
    /// Wipes the text of the password.
    Credentials(std::string database_, std::string user_, std::string& password_)
        : database{std::move(database_)}, user{std::move(user_)}, password{password_} {}

    std::string database;
    std::string user;  ///< the id, or the name while logging in; as JSON
    Secret password;
    RecordId uid = 0;
};

/// One call, encoded but for the credentials, with what must be remembered between its attempts.
struct Call {
    std::string name;                ///< for texts and events: `res.partner.create`
    std::string method;              ///< of the model
    std::string service = "object";  ///< of `/jsonrpc`, and its function
    std::string function = "execute_kw";
    std::string args = {};  ///< JSON: what follows the credentials, without brackets
    std::shared_ptr<Credentials const> credentials = {};
    bool is_repeatable = false;
    Duration limit = unlimited;  ///< of an attempt
    std::string record = {};     ///< which one `load` is to load, if it is one
    bool may_be_done = false;    ///< an attempt was sent, and has no answer that says what became of it
};

/// Makes calls: encode, exchange, classify, and the verdict. Shared by a client and the calls under way.
///
/// Threads: safe to share.
class ClientCore {
public:
    ClientCore(asio::any_io_executor executor, std::shared_ptr<Transport> transport, ClientOptions options,
               std::string const& prefix);

    asio::any_io_executor const& executor() const noexcept { return executor_; }
    ClientOptions const& options() const noexcept { return options_; }
    Transport& transport() const noexcept { return *transport_; }

    RetryManager retry_manager() const;
    void retry_manager(RetryManager manager);
    /// Null before login.
    std::shared_ptr<Credentials const> credentials() const;
    void credentials(std::shared_ptr<Credentials const> credentials);
    /// Null if nobody has asked for that model yet.
    std::shared_ptr<FieldTypes const> field_types(std::string const& model) const;
    void field_types(std::string const& model, std::shared_ptr<FieldTypes const> types);

    /// Makes attempts as the retry manager says. `call` must outlive it.
    asio::awaitable<Result<nlohmann::json>> run(Call& call);
    /// The same for logging in.
    asio::awaitable<Result<nlohmann::json>> run_until_sent(Call& call);

private:
    asio::awaitable<Result<nlohmann::json>> attempt(Call& call);
    asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request, Duration limit);
    HttpRequest request_for(Call const& call, std::int64_t id) const;

    asio::any_io_executor const executor_;
    std::shared_ptr<Transport> const transport_;
    ClientOptions const options_;
    std::string const target_;
    std::atomic<std::int64_t> last_id_ = 0;

    mutable std::mutex mutex_;  // of what follows
    RetryManager retry_manager_;
    std::shared_ptr<Credentials const> credentials_;
    std::map<std::string, std::shared_ptr<FieldTypes const>> field_types_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_CLIENT_CORE_HPP
