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

/// One call, encoded except for the credentials, with the state that is kept between its attempts.
struct Call {
    std::string name;    ///< for messages and events: `res.partner.create`
    std::string method;  ///< method of the model
    Envelope envelope = {};
    std::shared_ptr<Credentials const> credentials = {};  ///< null for what needs no login
    bool is_idempotent = false;
    Duration limit = unlimited;    ///< of one attempt
    std::string record = {};       ///< description of the record to `load`, if it is a single one
    bool unwraps_one = false;      ///< returns the only element of a list of one
    RowSink* rows = nullptr;       ///< destination of the records, if any; the result is then null
    HttpResponse* page = nullptr;  ///< destination of the raw response, if any; the result is then null
    bool (*expects)(nlohmann::json const&) = nullptr;  ///< checks the type of the result; null: any
    Probe probe = {};                                  ///< consulted before a call that may be done is sent again
    bool may_be_done = false;                          ///< an attempt was sent, and its outcome is unknown
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_CALL_HPP
