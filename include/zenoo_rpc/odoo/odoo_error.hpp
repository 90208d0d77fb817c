// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_ODOO_ERROR_HPP
#define ZENOO_RPC_ODOO_ODOO_ERROR_HPP

#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/odoo/client_options.hpp>
#include <zenoo_rpc/odoo/http_message.hpp>
#include <zenoo_rpc/odoo/record_id.hpp>

#include <boost/system/result.hpp>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <string_view>

namespace zenoo_rpc {

namespace detail {
struct RowSink;
}

/// A call, as far as its answer must be judged by it.
struct AskedCall {
    std::int64_t id = 0;                     ///< of the JSON-RPC request
    std::string_view name = {};              ///< begins every text, such as `res.partner.create`
    std::string_view method = {};            ///< of the model
    RecordId uid = 0;                        ///< in whose name it was made
    std::string_view secret = {};            ///< to be kept out of every text, whatever the server says
    Protocol protocol = Protocol::json_rpc;  ///< `json2` for answers without an envelope
    TracebackObserver const* on_traceback = nullptr;
    detail::RowSink* rows = nullptr;  ///< where the records of a result go, if it is to be nothing else
};

/// What an answer of Odoo's means, or one that a proxy gives in its place: the result (null for None), or a failure
/// with class, delivery, what the server said of it, and when to come again. No traceback gets through. Of records that
/// went into rows nothing is left but null.
boost::system::result<nlohmann::json, Failure> classify(HttpResponse const& response, AskedCall const& call);

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_ODOO_ERROR_HPP
