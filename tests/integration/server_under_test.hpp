// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_INTEGRATION_SERVER_UNDER_TEST_HPP
#define ZENOO_RPC_TESTS_INTEGRATION_SERVER_UNDER_TEST_HPP

#include "support/temporary_file.hpp"

#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/testing/certificate_authority.hpp>
#include <zenoo_rpc/testing/odoo_simulator.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <cstdlib>
#include <exception>
#include <future>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

// The server given by the environment, or else simulators of Odoo 16 and 19.

namespace zenoo_rpc::tests {

struct Account {
    std::string url;
    std::string database;
    std::string user;
    std::string password;   ///< empty: no login by password
    std::string api_key;    ///< empty: no login by API key
    std::string ca_file{};  ///< empty: the system's certificate authorities
};

inline std::string environment(char const* name) {
    char const* const value = std::getenv(name);
    return value ? value : "";
}

/// One server with one protocol and one kind of login, and a client for it.
class Endpoint {
public:
    Endpoint(std::string name_, Account account_, Protocol protocol, bool by_key)
        : name{std::move(name_)},
          account{std::move(account_)},
          client{io.get_executor(), account.url, options(account, protocol)},
          by_key_{by_key} {}

    std::string const name;
    Account const account;
    asio::io_context io;
    ZenooClient client;

    void log_in() {
        if (by_key_) {
            run(client.login_with_api_key(account.database, account.user, account.api_key));
        } else {
            run(client.login(account.database, account.user, account.password));
        }
    }

    template <class T>
    T run(asio::awaitable<T> work) {
        auto result = asio::co_spawn(io, std::move(work), asio::use_future);
        io.restart();
        io.run();
        return result.get();
    }

    /// Returns the failure of `work`; empty if it succeeds.
    template <class T>
    Failure failure_of(asio::awaitable<T> work) {
        try {
            static_cast<void>(run(std::move(work)));
        } catch (std::exception const& error) {
            return Failure{std::current_exception(), error};
        }
        return {};
    }

    int major_version() { return run(client.version()).at("server_version_info").at(0).get<int>(); }

    static ClientOptions options(Account const& account, Protocol protocol) {
        return {.protocol = protocol, .tls = {.ca_file = account.ca_file}};
    }

private:
    bool const by_key_;
};

/// Servers under test, each with every protocol and login it supports. All clients are logged in.
class ServersUnderTest {
public:
    ServersUnderTest() {
        auto const url = environment("ZENOO_RPC_TEST_URL");
        if (!url.empty()) {
            add("server", {url, environment("ZENOO_RPC_TEST_DATABASE"), environment("ZENOO_RPC_TEST_USER"),
                           environment("ZENOO_RPC_TEST_PASSWORD"), environment("ZENOO_RPC_TEST_API_KEY"),
                           environment("ZENOO_RPC_TEST_CA_FILE")});
            return;
        }
        for (auto const dialect : {testing::OdooDialect::odoo16, testing::OdooDialect::odoo19}) {
            for (bool const is_secure : {false, true}) {
                simulate(dialect, is_secure, {.name = "threads"});
                simulate(dialect, is_secure, {.name = "workers", .prefork = true});
                simulate(dialect, is_secure, {.name = "behind a proxy", .keep_alive = true});
            }
        }
    }

    std::vector<std::unique_ptr<Endpoint>> const& endpoints() const noexcept { return endpoints_; }

private:
    /// Kind of deployment, which determines how Odoo handles connections.
    struct Deployment {
        std::string name;
        bool prefork = false;
        bool keep_alive = false;
    };

    void simulate(testing::OdooDialect dialect, bool is_secure, Deployment const& deployed) {
        testing::OdooSimulatorOptions options;
        options.dialect = dialect;
        options.prefork = deployed.prefork;
        options.keep_alive = deployed.keep_alive;
        if (is_secure) options.tls = authority_.issue("127.0.0.1");
        simulators_.push_back(std::make_unique<testing::OdooSimulator>(std::move(options)));

        auto const* const version = dialect == testing::OdooDialect::odoo16 ? "Odoo 16" : "Odoo 19";
        Account account{simulators_.back()->url(), "odoo19", "admin", "admin", "admin-api-key"};
        if (is_secure) account.ca_file = authority_file_.path();
        add(std::string{version} + ", " + deployed.name + (is_secure ? ", TLS" : ""), account);
    }

    void add(std::string const& name, Account const& account) {
        if (!account.password.empty()) {
            add_endpoint(std::make_unique<Endpoint>(name + ", password", account, Protocol::automatic, false));
        }
        if (account.api_key.empty()) return;
        auto by_rpc = std::make_unique<Endpoint>(name + ", API key by JSON-RPC", account, Protocol::json_rpc, true);
        bool const speaks_json2 = by_rpc->major_version() >= 19;
        add_endpoint(std::move(by_rpc));
        add_endpoint(std::make_unique<Endpoint>(name + ", API key", account, Protocol::automatic, true));
        if (!speaks_json2) return;
        add_endpoint(std::make_unique<Endpoint>(name + ", API key by JSON-2", account, Protocol::json2, true));
    }

    void add_endpoint(std::unique_ptr<Endpoint> server) {
        server->log_in();
        endpoints_.push_back(std::move(server));
    }

    testing::CertificateAuthority authority_;
    TemporaryFile authority_file_{authority_.certificate()};
    std::vector<std::unique_ptr<testing::OdooSimulator>> simulators_;
    std::vector<std::unique_ptr<Endpoint>> endpoints_;
};

/// Returns a random name that no record has.
inline std::string new_name() {
    std::random_device random;
    return "zenoo_rpc_" + std::to_string(random()) + std::to_string(random());
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_INTEGRATION_SERVER_UNDER_TEST_HPP
