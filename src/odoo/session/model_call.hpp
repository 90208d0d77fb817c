// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_MODEL_CALL_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_MODEL_CALL_HPP

#include "odoo/session/client_core.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <string>

// Methods of models, as calls of a client that is logged in.

namespace zenoo_rpc::detail {

/// Client through which a call is made, and the context that the client adds.
struct CallScope {
    std::shared_ptr<ClientCore> core;
    std::shared_ptr<nlohmann::json const> context;
};

/// Encodes a call. Throws `std::invalid_argument` for arguments that cannot be sent.
Call call_of(CallScope const& scope, std::string const& model, std::string const& method, nlohmann::json const& args,
             nlohmann::json const& kwargs, CallOptions const& options);

/// Encodes a `create`, or a `write` into `ids` unless null. Builds no JSON tree of the record where none is needed.
Call call_of(CallScope const& scope, std::string const& model, RecordIds const* ids, Values const& record,
             CallOptions const& options);

asio::awaitable<Result<nlohmann::json>> execute(CallScope scope, std::string model, std::string method,
                                                nlohmann::json args, nlohmann::json kwargs, CallOptions options);

/// Calls a method that returns records: requests the fields that `rows` has, and stores the records there.
asio::awaitable<Result<void>> execute_into(RowSink& rows, CallScope scope, std::string model, std::string method,
                                           nlohmann::json args, nlohmann::json kwargs, CallOptions options);

/// Returns the time limit alone, for auxiliary calls: idempotency and probe belong to the main call.
CallOptions limit_of(CallOptions const& options);

/// Returns the types of a model's fields, which are read once per session.
asio::awaitable<Result<std::shared_ptr<FieldTypes const>>> types_of(CallScope scope, std::string model,
                                                                    CallOptions options);

nlohmann::json array_of(nlohmann::json one);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_MODEL_CALL_HPP
