// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_ODOO_SERVICES_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_ODOO_SERVICES_HPP

#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

#include <string>

namespace zenoo_rpc::testing {

/// What `common.version` and `/web/webclient/version_info` tell.
nlohmann::json server_version(OdooDialect dialect);

/// Whether Odoo gets a connection to its database.
enum class DatabaseAccess {
    open,
    down,       ///< PostgreSQL is away
    pool_full,  ///< all connections that Odoo may have are taken
};

/// The three services behind `/jsonrpc`: `common`, `object` and `db`.
struct OdooServices {
    OdooStore& store;
    std::string const& database;
    DatabaseAccess access = DatabaseAccess::open;

    /// One call, one transaction. Null is Python's None.
    nlohmann::json call(std::string const& service, std::string const& method, nlohmann::json const& args);

private:
    nlohmann::json common(std::string const& method, nlohmann::json const& args);
    nlohmann::json object(std::string const& method, nlohmann::json const& args);
    nlohmann::json db(std::string const& method, nlohmann::json const& args);
    nlohmann::json login(nlohmann::json const& given);
    void connect(nlohmann::json const& name) const;
    bool is_api_key_of(OdooId uid, nlohmann::json const& password) const;
    void check_password(OdooId uid, nlohmann::json const& password) const;
};

/// What a call of `object` asks for; the members are what the client sent, absent ones null.
struct ObjectCall {
    nlohmann::json model{};
    nlohmann::json method{};
    nlohmann::json args = nlohmann::json::array();
    nlohmann::json kwargs = nlohmann::json::object();
};

/// Of the arguments of `execute_kw` or `execute`; there must be five at least.
ObjectCall object_call(std::string const& method, nlohmann::json const& args);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_ODOO_SERVICES_HPP
