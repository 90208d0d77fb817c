// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_MODEL_CALL_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_MODEL_CALL_HPP

#include "odoo/session/client_core.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <string>

// Methods of models, as calls of a client that somebody has logged in.

namespace zenoo_rpc::detail {

/// Through which client a call is made, and what its context begins with.
struct Way {
    std::shared_ptr<ClientCore> core;
    std::shared_ptr<nlohmann::json const> context;
};

/// Throws `std::invalid_argument` for what cannot be sent.
Call call_of(Way const& way, std::string const& model, std::string const& method, nlohmann::json const& args,
             nlohmann::json const& kwargs, CallOptions const& options);

/// The same for `create`, and for `write` of these `ids`: without a tree of the record where none is needed.
Call call_of(Way const& way, std::string const& model, RecordIds const* ids, Values const& record,
             CallOptions const& options);

asio::awaitable<Result<nlohmann::json>> execute(Way way, std::string model, std::string method, nlohmann::json args,
                                                nlohmann::json kwargs, CallOptions options);

/// The same for methods that give records: asks for the fields that `rows` has, and puts them there.
asio::awaitable<Result<void>> execute_into(RowSink& rows, Way way, std::string model, std::string method,
                                           nlohmann::json args, nlohmann::json kwargs, CallOptions options);

/// For the questions that a call asks beside itself: repeatability and probe are its own.
CallOptions limit_of(CallOptions const& options);

/// What the fields of a model take: asked once in a session.
asio::awaitable<Result<std::shared_ptr<FieldTypes const>>> types_of(Way way, std::string model, CallOptions options);

nlohmann::json array_of(nlohmann::json one);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_MODEL_CALL_HPP
