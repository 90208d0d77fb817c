// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_ERROR_TABLE_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_ERROR_TABLE_HPP

#include <zenoo_rpc/core/delivery.hpp>
#include <zenoo_rpc/core/errc.hpp>

#include <string_view>

// The known error responses of servers. The code determines the class of the exception and whether it is transient.

namespace zenoo_rpc::detail {

/// Maps an error of the server by the name of its Python class. The first matching row applies.
struct NamedError {
    std::string_view name;
    Errc code;
    Delivery delivery = Delivery::rejected;
    std::string_view mentions = {};  ///< matches only messages that contain this
    std::string_view method = {};    ///< matches only calls of this method; empty: of any
};

constexpr NamedError named_errors[]{
    {"odoo.http.SessionExpiredException", Errc::session_expired},
    {"odoo.exceptions.AccessDenied", Errc::authentication_failed},
    {"werkzeug.exceptions.Unauthorized", Errc::authentication_failed},
    {"odoo.exceptions.AccessError", Errc::access_denied},
    {"werkzeug.exceptions.Forbidden", Errc::access_denied},
    {"odoo.exceptions.MissingError", Errc::record_missing},
    {"odoo.exceptions.ValidationError", Errc::validation_failed},
    {"odoo.exceptions.UserError", Errc::user_error},
    {"odoo.exceptions.RedirectWarning", Errc::user_error},

    {"odoo.exceptions.LockError", Errc::concurrency_conflict},
    {"odoo.exceptions.ConcurrencyError", Errc::concurrency_conflict},
    {"psycopg2.errors.SerializationFailure", Errc::concurrency_conflict},
    {"psycopg2.errors.LockNotAvailable", Errc::concurrency_conflict},
    {"psycopg2.errors.DeadlockDetected", Errc::concurrency_conflict},
    {"psycopg2.errors.QueryCanceled", Errc::query_canceled},

    // `load` looks up the columns before it does anything: 16 names the unknown one by a KeyError, 19 by a ValueError.
    {"builtins.KeyError", Errc::validation_failed, Delivery::rejected, {}, "load"},
    {"builtins.ValueError", Errc::validation_failed, Delivery::rejected, {}, "load"},
    {"builtins.TypeError", Errc::protocol_error},
    {"builtins.IndexError", Errc::protocol_error},
    {"werkzeug.exceptions.BadRequest", Errc::protocol_error},
    {"werkzeug.exceptions.UnprocessableEntity", Errc::protocol_error},
    {"builtins.AttributeError", Errc::method_not_found, Delivery::rejected, "he method "},
    {"builtins.KeyError", Errc::method_not_found},
    {"builtins.NameError", Errc::method_not_found},
    {"werkzeug.exceptions.NotFound", Errc::method_not_found},
    {"werkzeug.exceptions.MethodNotAllowed", Errc::method_not_found},

    {"psycopg2.OperationalError", Errc::server_error, Delivery::rejected, "does not exist"},  // the database
    // There was no connection on which anything could have been executed.
    {"psycopg2.OperationalError", Errc::database_unavailable, Delivery::rejected, "connection to server "},
    {"psycopg2.OperationalError", Errc::database_unavailable, Delivery::rejected, "could not connect to server"},
    // Any other message, in any language: the connection was lost during the transaction, maybe in its COMMIT.
    {"psycopg2.OperationalError", Errc::database_unavailable, Delivery::unknown},
    {"psycopg2.InterfaceError", Errc::database_unavailable, Delivery::unknown},
    {"psycopg2.DatabaseError", Errc::database_unavailable, Delivery::unknown},
    {"psycopg2.errors.AdminShutdown", Errc::database_unavailable},
    {"psycopg2.errors.CannotConnectNow", Errc::database_unavailable},
    {"psycopg2.errors.TooManyConnections", Errc::database_unavailable},
    {"psycopg2.pool.PoolError", Errc::database_unavailable},

    {"werkzeug.exceptions.ClientDisconnected", Errc::network_error,
     Delivery::not_sent},  // the request arrived incomplete
};

/// Maps a response that does not come from Odoo's own code, by its HTTP status.
struct StatusMeaning {
    int status;
    Errc code;
    Delivery delivery;
    std::string_view reason;
};

constexpr StatusMeaning statuses[]{
    {400, Errc::protocol_error, Delivery::rejected, "Bad Request"},
    {401, Errc::authentication_failed, Delivery::rejected, "Unauthorized"},
    {403, Errc::access_denied, Delivery::rejected, "Forbidden"},
    {404, Errc::protocol_error, Delivery::rejected, "Not Found: no Odoo at this address"},
    {413, Errc::protocol_error, Delivery::rejected, "Payload Too Large"},
    {415, Errc::protocol_error, Delivery::rejected, "Unsupported Media Type"},
    {429, Errc::rate_limited, Delivery::rejected, "Too Many Requests"},
    // Odoo 19 responds with this when its pool of database connections is exhausted; a proxy's 500 looks alike.
    {500, Errc::database_unavailable, Delivery::unknown, "Internal Server Error: overloaded, or failing"},
    {502, Errc::bad_gateway, Delivery::unknown, "Bad Gateway"},
    {503, Errc::service_unavailable, Delivery::unknown, "Service Unavailable"},
    {504, Errc::gateway_timeout, Delivery::unknown, "Gateway Timeout"},
};

/// Maps an exception whose class is not in the table: its base class determines JSON-2's status.
struct BaseError {
    int status;
    Errc code;
};

constexpr BaseError base_errors[]{
    {400, Errc::protocol_error},         // BadRequest
    {401, Errc::authentication_failed},  // Unauthorized
    {403, Errc::access_denied},          // AccessError
    {404, Errc::record_missing},         // MissingError
    {409, Errc::concurrency_conflict},   // LockError, ConcurrencyError
    {422, Errc::user_error},             // UserError
    {429, Errc::rate_limited},           // TooManyRequests
    {502, Errc::bad_gateway},            // BadGateway
    {503, Errc::service_unavailable},    // ServiceUnavailable
    {504, Errc::gateway_timeout},        // GatewayTimeout
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_ERROR_TABLE_HPP
