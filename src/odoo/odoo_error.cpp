// SPDX-License-Identifier: BSL-1.0
#include "odoo/complaint.hpp"
#include "odoo/json2.hpp"
#include "odoo/retry_after.hpp"

#include <zenoo_rpc/odoo/json_rpc.hpp>
#include <zenoo_rpc/odoo/odoo_error.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <utility>

namespace zenoo_rpc {

namespace {

using json_rpc::Fault;
using Reason = std::string_view;

/// What an error of the server means, by the name of its Python class. The first row that fits is right.
struct NamedError {
    std::string_view name;
    Errc code;
    Delivery delivery = Delivery::rejected;
    std::string_view mentions = {};  ///< only if the message has this in it
    std::string_view method = {};    ///< only in answer to this method
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
    // The connection died under the transaction, which may have been its COMMIT.
    {"psycopg2.OperationalError", Errc::database_unavailable, Delivery::unknown, "unexpectedly"},
    {"psycopg2.OperationalError", Errc::database_unavailable, Delivery::unknown, "could not receive data"},
    {"psycopg2.InterfaceError", Errc::database_unavailable, Delivery::unknown},
    {"psycopg2.OperationalError", Errc::database_unavailable},
    {"psycopg2.errors.AdminShutdown", Errc::database_unavailable},
    {"psycopg2.errors.CannotConnectNow", Errc::database_unavailable},
    {"psycopg2.errors.TooManyConnections", Errc::database_unavailable},
    {"psycopg2.pool.PoolError", Errc::database_unavailable},

    {"werkzeug.exceptions.ClientDisconnected", Errc::network_error, Delivery::not_sent},  // it had not got all of it
};

/// What an answer means that does not come from Odoo's own code, by its status.
struct StatusMeaning {
    int status;
    Errc code;
    Delivery delivery;
    Reason reason;
};

constexpr StatusMeaning statuses[]{
    {400, Errc::protocol_error, Delivery::rejected, "Bad Request"},
    {401, Errc::authentication_failed, Delivery::rejected, "Unauthorized"},
    {403, Errc::access_denied, Delivery::rejected, "Forbidden"},
    {404, Errc::protocol_error, Delivery::rejected, "Not Found: no Odoo at this address"},
    {413, Errc::protocol_error, Delivery::rejected, "Payload Too Large"},
    {415, Errc::protocol_error, Delivery::rejected, "Unsupported Media Type"},
    {429, Errc::rate_limited, Delivery::rejected, "Too Many Requests"},
    // Odoo 19 answers so when its pool of database connections is used up; a proxy's looks alike.
    {500, Errc::database_unavailable, Delivery::unknown, "Internal Server Error: overloaded, or failing"},
    {502, Errc::bad_gateway, Delivery::unknown, "Bad Gateway"},
    {503, Errc::service_unavailable, Delivery::unknown, "Service Unavailable"},
    {504, Errc::gateway_timeout, Delivery::unknown, "Gateway Timeout"},
};

StatusMeaning meaning_of_status(int status) {
    for (auto const& meaning : statuses) {
        if (meaning.status == status) return meaning;
    }
    if (status >= 300 && status < 400) return {status, Errc::protocol_error, Delivery::rejected, "redirected"};
    if (status >= 500) return {status, Errc::server_error, Delivery::unknown, "the server, or a proxy, failed"};
    return {status, Errc::protocol_error, Delivery::unknown, "not what Odoo answers"};
}

bool fits(NamedError const& row, Fault const& fault, AskedCall const& call) {
    return row.name == fault.name && fault.message.find(row.mentions) != std::string::npos
           && (row.method.empty() || row.method == call.method);
}

/// What a class means that nobody knows: JSON-2 has the status of the known one that it is derived from.
Errc meaning_of_class(Fault const& fault, int http_status) {
    switch (http_status) {
        case 400: return Errc::protocol_error;
        case 401: return Errc::authentication_failed;
        case 403: return Errc::access_denied;
        case 404: return Errc::record_missing;
        case 409: return Errc::concurrency_conflict;
        case 422: return Errc::user_error;
        case 429: return Errc::rate_limited;
        default: return fault.code == 404 ? Errc::method_not_found : Errc::server_error;
    }
}

NamedError meaning_of_fault(Fault const& fault, AskedCall const& call, int http_status) {
    if (fault.code == 100) return {fault.name, Errc::session_expired};
    for (auto const& row : named_errors) {
        if (fits(row, fault, call)) return row;
    }
    return {fault.name, meaning_of_class(fault, http_status)};
}

/// The record that is missing is the user whose name the call was made in: not a missing record, but a bad login.
bool concerns_own_user(Fault const& fault, AskedCall const& call) {
    return fault.message.find("res.users(" + std::to_string(call.uid) + ",)") != std::string::npos;
}

void scrub(nlohmann::json& value, std::string_view secret) {
    if (value.is_string()) value = detail::scrubbed(value.get<std::string>(), secret);
    if (value.is_structured()) std::ranges::for_each(value, [&](auto& member) { scrub(member, secret); });
}

Failure failure_of(Fault fault, AskedCall const& call, int http_status) {
    auto meaning = meaning_of_fault(fault, call, http_status);
    if (meaning.code == Errc::record_missing && concerns_own_user(fault, call)) {
        meaning.code = Errc::authentication_failed;
    }
    detail::Complaint complaint{.code = meaning.code, .delivery = meaning.delivery};
    complaint.what =
        std::string{call.name} + ": " + detail::presentable(detail::scrubbed(std::move(fault.message), call.secret));
    // The server has tried five times already.
    if (meaning.code == Errc::concurrency_conflict) complaint.retry_after = std::chrono::seconds{1};
    scrub(fault.arguments, call.secret);
    complaint.reply.name = std::move(fault.name);
    complaint.reply.arguments = fault.arguments.is_null() ? std::string{} : fault.arguments.dump();
    complaint.reply.http_status = http_status;
    return detail::as_failure(std::move(complaint));
}

bool has_type(HttpResponse const& response, std::string_view type) {
    return find_header(response.headers, "Content-Type").substr(0, type.size()) == type;
}

Failure failure_of_status(HttpResponse const& response, AskedCall const& call) {
    auto meaning = meaning_of_status(response.status);
    std::string text{meaning.reason};
    if (meaning.status == 404 && response.body.find("No database is selected") != std::string::npos) {
        meaning.code = Errc::database_unavailable;
        text = "No database is selected: the database is down, or has another name";
    }
    if (meaning.status == 500 && !has_type(response, "text/html")) meaning.code = Errc::server_error;
    if (meaning.status >= 300 && meaning.status < 400) {
        text = "redirected to " + std::string{find_header(response.headers, "Location")}
               + ": use that address, redirects are not followed";
    }
    detail::Complaint complaint{.code = meaning.code, .delivery = meaning.delivery};
    text = detail::scrubbed(std::move(text), call.secret);
    complaint.what =
        std::string{call.name} + ": HTTP " + std::to_string(meaning.status) + ' ' + detail::presentable(text);
    if (meaning.status == 429 || meaning.status == 503) complaint.retry_after = detail::retry_after_in(response);
    complaint.reply.http_status = response.status;
    return detail::as_failure(std::move(complaint));
}

Failure unreadable(std::string const& reason, HttpResponse const& response, AskedCall const& call) {
    detail::Complaint complaint{.code = Errc::protocol_error, .delivery = Delivery::unknown};
    auto type = detail::scrubbed(std::string{find_header(response.headers, "Content-Type")}, call.secret);
    complaint.what = std::string{call.name} + ": " + reason + " (HTTP " + std::to_string(response.status) + ", "
                     + detail::presentable(std::move(type)) + ')';
    complaint.reply.http_status = response.status;
    return detail::as_failure(std::move(complaint));
}

}  // namespace

boost::system::result<nlohmann::json, Failure> classify(HttpResponse const& response, AskedCall const& call) {
    bool const succeeded = response.status >= 200 && response.status < 300;
    if (!succeeded && !has_type(response, "application/json")) return failure_of_status(response, call);

    auto answer = call.protocol == Protocol::json2 ? json2::answer(response.body, succeeded)
                                                   : json_rpc::answer(response.body, call.id);
    if (auto* fault = std::get_if<Fault>(&answer)) return failure_of(std::move(*fault), call, response.status);
    if (!succeeded) return failure_of_status(response, call);
    if (auto const* none = std::get_if<json_rpc::Unreadable>(&answer)) {
        return unreadable(none->reason, response, call);
    }
    return {boost::system::in_place_value, std::get<nlohmann::json>(std::move(answer))};
}

}  // namespace zenoo_rpc
