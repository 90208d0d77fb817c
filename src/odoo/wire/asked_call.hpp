// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_ASKED_CALL_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_ASKED_CALL_HPP

#include <zenoo_rpc/odoo/client_options.hpp>
#include <zenoo_rpc/odoo/record_id.hpp>

#include <cstdint>
#include <string_view>

namespace zenoo_rpc::detail {

struct RowSink;

/// A call, as far as its response must be judged by it.
struct AskedCall {
    std::int64_t id = 0;                     ///< of the JSON-RPC request
    std::string_view name = {};              ///< begins every text, such as `res.partner.create`
    std::string_view method = {};            ///< of the model
    RecordId uid = 0;                        ///< in whose name it was made
    std::string_view secret = {};            ///< to be kept out of every text, whatever the server says
    Protocol protocol = Protocol::json_rpc;  ///< `json2` for responses without an envelope
    TracebackObserver const* on_traceback = nullptr;
    RowSink* rows = nullptr;  ///< where the records of a result go, if it is to be nothing else
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_ASKED_CALL_HPP
