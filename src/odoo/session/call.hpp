// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_CALL_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_CALL_HPP

#include "odoo/support/credentials.hpp"
#include "odoo/wire/envelope.hpp"

#include <zenoo_rpc/odoo/call_options.hpp>
#include <zenoo_rpc/odoo/detail/row_table.hpp>
#include <zenoo_rpc/odoo/http_message.hpp>

#include <nlohmann/json.hpp>

#include <memory>
#include <string>

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

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_CALL_HPP
