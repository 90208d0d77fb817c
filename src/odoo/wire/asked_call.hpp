// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_ASKED_CALL_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_ASKED_CALL_HPP

#include <zenoo_rpc/odoo/client_options.hpp>
#include <zenoo_rpc/odoo/record_id.hpp>

#include <cstdint>
#include <string_view>

namespace zenoo_rpc::detail {

struct RowSink;

/// The properties of a call that the classification of its response depends on.
struct AskedCall {
    std::int64_t id = 0;                     ///< of the JSON-RPC request
    std::string_view name = {};              ///< begins every message, such as `res.partner.create`
    std::string_view method = {};            ///< of the model
    RecordId uid = 0;                        ///< the user who makes the call
    std::string_view secret = {};            ///< masked in every message, whatever the server sends
    Protocol protocol = Protocol::json_rpc;  ///< `json2` for responses without an envelope
    TracebackObserver const* on_traceback = nullptr;
    RowSink* rows = nullptr;  ///< receives the records of the result; null if the result is returned as JSON
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_ASKED_CALL_HPP
