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

/// The identity that makes calls. The secret is stored only here and, during a request, in that request.
struct Credentials {
    /// Wipes `secret_`.
    Credentials(std::string database_, std::string login_, std::string& secret_)
        : database{std::move(database_)}, login{std::move(login_)}, secret{std::make_shared<Secret const>(secret_)} {}

    std::string database;
    std::string login;  ///< the user's login; empty if there is only an API key
    std::shared_ptr<Secret const> secret;
    Protocol protocol = Protocol::json_rpc;
    RecordId uid = 0;                                        ///< 0 while logging in
    nlohmann::json user_context = nlohmann::json::object();  ///< the user's preferences: language, time zone
    std::string user_context_text = {};                      ///< `user_context` as JSON text; empty if there is none
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SUPPORT_CREDENTIALS_HPP
