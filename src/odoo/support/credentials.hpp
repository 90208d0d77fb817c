// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SUPPORT_CREDENTIALS_HPP
#define ZENOO_RPC_SRC_ODOO_SUPPORT_CREDENTIALS_HPP

#include "odoo/support/secret.hpp"

#include <zenoo_rpc/odoo/client_options.hpp>
#include <zenoo_rpc/odoo/record_id.hpp>

#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <utility>

namespace zenoo_rpc::detail {

/// In whose name calls are made. The secret is here and, while a request is under way, in it.
struct Credentials {
    /// Wipes the text of the secret.
    Credentials(std::string database_, std::string login_, std::string& secret_)
        : database{std::move(database_)}, login{std::move(login_)}, secret{std::make_shared<Secret const>(secret_)} {}

    std::string database;
    std::string login;  ///< the user's name; empty if there is only an API key
    std::shared_ptr<Secret const> secret;
    Protocol protocol = Protocol::json_rpc;
    RecordId uid = 0;                                        ///< 0 while logging in
    nlohmann::json user_context = nlohmann::json::object();  ///< what the user has chosen: language, time zone
    std::string user_context_text = {};                      ///< the same as most calls send it; empty if there is none
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SUPPORT_CREDENTIALS_HPP
