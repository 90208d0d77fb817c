// SPDX-License-Identifier: BSL-1.0
#include "odoo/records/row_decoder.hpp"
#include "odoo/support/complaint.hpp"
#include "odoo/wire/error_table.hpp"
#include "odoo/wire/json2.hpp"
#include "odoo/wire/json_rpc.hpp"
#include "odoo/wire/retry_after.hpp"

#include <zenoo_rpc/odoo/odoo_error.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace zenoo_rpc {

namespace {

using detail::NamedError;
using detail::StatusMeaning;
using json_rpc::Fault;

StatusMeaning meaning_of_status(int status) {
    for (auto const& meaning : detail::statuses) {
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

/// What a class means that is not in the table: JSON-2 has the status of the known one that it is derived from.
Errc meaning_of_class(Fault const& fault, int http_status) {
    for (auto const& row : detail::base_errors) {
        if (row.status == http_status) return row.code;
    }
    return fault.code == 404 ? Errc::method_not_found : Errc::server_error;
}

NamedError meaning_of_fault(Fault const& fault, AskedCall const& call, int http_status) {
    if (fault.code == 100) return {fault.name, Errc::session_expired};
    for (auto const& row : detail::named_errors) {
        if (fits(row, fault, call)) return row;
    }
    return {fault.name, meaning_of_class(fault, http_status)};
}

/// The record that is missing is the user whose name the call was made in: not a missing record, but a bad login.
bool concerns_own_user(Fault const& fault, AskedCall const& call) {
    return fault.message.find("res.users(" + std::to_string(call.uid) + ",)") != std::string::npos;
}

/// An observer that throws harms nothing.
void tell_traceback(Fault const& fault, AskedCall const& call) noexcept {
    if (!call.on_traceback || !*call.on_traceback || fault.traceback.empty()) return;
    try {
        (*call.on_traceback)(call.name, detail::scrubbed(fault.traceback, call.secret));
    } catch (...) {
    }
}

/// Said with the answers that ask for patience, whoever gives them.
Duration wish_in(HttpResponse const& response) {
    return response.status == 429 || response.status == 503 ? detail::retry_after_in(response) : Duration::zero();
}

Failure failure_of(Fault fault, AskedCall const& call, HttpResponse const& response) {
    tell_traceback(fault, call);
    auto meaning = meaning_of_fault(fault, call, response.status);
    if (meaning.code == Errc::record_missing && concerns_own_user(fault, call)) {
        meaning.code = Errc::authentication_failed;
    }
    detail::Complaint complaint{.code = meaning.code, .delivery = meaning.delivery};
    complaint.what =
        std::string{call.name} + ": " + detail::presentable(detail::scrubbed(std::move(fault.message), call.secret));
    complaint.retry_after = wish_in(response);
    // The server has tried five times already.
    if (meaning.code == Errc::concurrency_conflict) {
        complaint.retry_after = std::max(complaint.retry_after, detail::rest_after_conflict);
    }
    detail::scrub(fault.arguments, call.secret);
    complaint.reply.name = detail::scrubbed(std::move(fault.name), call.secret);
    complaint.reply.arguments = fault.arguments.is_null() ? std::string{} : fault.arguments.dump();
    complaint.reply.http_status = response.status;
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
    complaint.retry_after = wish_in(response);
    complaint.reply.http_status = response.status;
    return detail::as_failure(std::move(complaint));
}

Failure unreadable(std::string reason, HttpResponse const& response, AskedCall const& call) {
    detail::Complaint complaint{.code = Errc::protocol_error, .delivery = Delivery::unknown};
    auto const shown = [&](std::string text) {
        return detail::presentable(detail::scrubbed(std::move(text), call.secret));
    };
    complaint.what = std::string{call.name} + ": " + shown(std::move(reason)) + " (HTTP "
                     + std::to_string(response.status) + ", "
                     + shown(std::string{find_header(response.headers, "Content-Type")}) + ')';
    complaint.reply.http_status = response.status;
    return detail::as_failure(std::move(complaint));
}

}  // namespace

boost::system::result<nlohmann::json, Failure> classify(HttpResponse const& response, AskedCall const& call) {
    bool const succeeded = response.status >= 200 && response.status < 300;
    if (!succeeded && !has_type(response, "application/json")) return failure_of_status(response, call);

    std::optional<detail::NoRows> no_rows;
    if (call.rows && succeeded) {
        no_rows = detail::decode_rows(response.body, call.protocol, call.id, *call.rows);
        if (!no_rows) return {boost::system::in_place_value, nullptr};
        if (no_rows->is_misfit) return unreadable(std::move(no_rows->reason), response, call);
    }
    auto answer = call.protocol == Protocol::json2 ? json2::answer(response.body, succeeded)
                                                   : json_rpc::answer(response.body, call.id);
    if (auto* fault = std::get_if<Fault>(&answer)) return failure_of(std::move(*fault), call, response);
    if (!succeeded) return failure_of_status(response, call);
    if (auto const* none = std::get_if<json_rpc::Unreadable>(&answer)) {
        return unreadable(none->reason, response, call);
    }
    if (no_rows) return unreadable(std::move(no_rows->reason), response, call);
    return {boost::system::in_place_value, std::get<nlohmann::json>(std::move(answer))};
}

}  // namespace zenoo_rpc
