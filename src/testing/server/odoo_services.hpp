// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_ODOO_SERVICES_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_ODOO_SERVICES_HPP

#include "testing/server/fault_effects.hpp"

#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

#include <string>

namespace zenoo_rpc::testing {

/// Returns the result of `common.version` and `/web/webclient/version_info`.
nlohmann::json server_version(OdooDialect dialect);

/// The three services behind `/jsonrpc`: `common`, `object` and `db`.
struct OdooServices {
    OdooStore& store;
    std::string const& database;
    DatabaseAccess access = DatabaseAccess::open;

    /// Executes one call in one transaction. Null is Python's None.
    nlohmann::json call(std::string const& service, std::string const& method, nlohmann::json const& args);

private:
    nlohmann::json common(std::string const& method, nlohmann::json const& args);
    nlohmann::json object(std::string const& method, nlohmann::json const& args);
    nlohmann::json db(std::string const& method, nlohmann::json const& args);
    nlohmann::json login(nlohmann::json const& given);
    void connect(nlohmann::json const& name) const;
    void check_password(OdooId uid, nlohmann::json const& password) const;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_ODOO_SERVICES_HPP
