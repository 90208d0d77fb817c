// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/classify.hpp"

#include "odoo/records/row_decoder.hpp"
#include "odoo/support/error_info.hpp"
#include "odoo/wire/error_table.hpp"
#include "odoo/wire/json2.hpp"
#include "odoo/wire/json_rpc.hpp"
#include "odoo/wire/response_facts.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

using json_rpc::Fault;

StatusMeaning meaning_of_status(int status) {
    for (auto const& meaning : statuses) {
        if (meaning.status == status) return meaning;
    }
    if (status >= 300 && status < 400) return {status, Errc::protocol_error, Delivery::rejected, "redirected"};
    if (status >= 500) return {status, Errc::server_error, Delivery::unknown, "the server or a proxy failed"};
    return {status, Errc::protocol_error, Delivery::unknown, "unexpected status"};
}

bool fits(NamedError const& row, Fault const& fault, AskedCall const& call) {
    return row.name == fault.name && fault.message.find(row.mentions) != std::string::npos
           && (row.method.empty() || row.method == call.method);
}

/// Returns the code of an exception class that is not in the table, by the HTTP status: JSON-2 sends that of the known
/// class from which it is derived.
Errc meaning_of_class(Fault const& fault, int http_status) {
    for (auto const& row : base_errors) {
        if (row.status == http_status) return row.code;
    }
    return fault.code == 404 ? Errc::method_not_found : Errc::server_error;
}

NamedError meaning_of_fault(Fault const& fault, AskedCall const& call, int http_status) {
    if (fault.code == 100) return {fault.name, Errc::session_expired};
    for (auto const& row : named_errors) {
        if (fits(row, fault, call)) return row;
    }
    return {fault.name, meaning_of_class(fault, http_status)};
}

/// Returns true if the missing record is the calling user: a failed login rather than a missing record.
bool concerns_own_user(Fault const& fault, AskedCall const& call) {
    return fault.message.find("res.users(" + std::to_string(call.uid) + ",)") != std::string::npos;
}

/// Reports the traceback to the observer, if there is one. Exceptions of the observer are ignored.
void report_traceback(Fault const& fault, AskedCall const& call) noexcept {
    if (!call.on_traceback || !*call.on_traceback || fault.traceback.empty()) return;
    try {
        (*call.on_traceback)(call.name, scrubbed(fault.traceback, call.secret));
    } catch (...) {
    }
}

Failure failure_of(Fault fault, AskedCall const& call, ResponseFacts const& facts) {
    report_traceback(fault, call);
    auto meaning = meaning_of_fault(fault, call, facts.status);
    if (meaning.code == Errc::record_missing && concerns_own_user(fault, call)) {
        meaning.code = Errc::authentication_failed;
    }
    ErrorInfo error_info{.code = meaning.code, .delivery = meaning.delivery};
    error_info.what = std::string{call.name} + ": " + presentable(scrubbed(std::move(fault.message), call.secret));
    error_info.retry_after = facts.requested_delay;
    // The server itself has already tried five times.
    if (meaning.code == Errc::concurrency_conflict) {
        error_info.retry_after = std::max(error_info.retry_after, backoff_after_conflict);
    }
    scrub(fault.arguments, call.secret);
    error_info.reply.name = scrubbed(std::move(fault.name), call.secret);
    error_info.reply.arguments = fault.arguments.is_null() ? std::string{} : fault.arguments.dump();
    error_info.reply.http_status = facts.status;
    return make_failure(std::move(error_info));
}

Failure failure_of_status(ResponseFacts const& facts, AskedCall const& call) {
    auto meaning = meaning_of_status(facts.status);
    std::string text{meaning.reason};
    if (facts.has_no_database) {
        meaning.code = Errc::database_unavailable;
        text = "No database is selected: the database is down, or has another name";
    }
    if (facts.status == 500 && !facts.is_html()) meaning.code = Errc::server_error;
    if (facts.is_redirection()) {
        text = "redirected to " + std::string{facts.location} + ": use that address; redirects are not followed";
    }
    ErrorInfo error_info{.code = meaning.code, .delivery = meaning.delivery};
    text = scrubbed(std::move(text), call.secret);
    error_info.what = std::string{call.name} + ": HTTP " + std::to_string(facts.status) + ' ' + presentable(text);
    error_info.retry_after = facts.requested_delay;
    error_info.reply.http_status = facts.status;
    return make_failure(std::move(error_info));
}

Failure unreadable(std::string reason, ResponseFacts const& facts, AskedCall const& call) {
    ErrorInfo error_info{.code = Errc::protocol_error, .delivery = Delivery::unknown};
    auto const shown = [&](std::string text) { return presentable(scrubbed(std::move(text), call.secret)); };
    error_info.what = std::string{call.name} + ": " + shown(std::move(reason)) + " (HTTP "
                      + std::to_string(facts.status) + ", " + shown(std::string{facts.content_type}) + ')';
    error_info.reply.http_status = facts.status;
    return make_failure(std::move(error_info));
}

}  // namespace

boost::system::result<nlohmann::json, Failure> classify(HttpResponse const& response, AskedCall const& call) {
    auto const facts = facts_of(response);
    if (!facts.is_success() && !facts.is_json()) return failure_of_status(facts, call);

    std::optional<NoRows> no_rows;
    if (call.rows && facts.is_success()) {
        no_rows = decode_rows(response.body, call.protocol, call.id, *call.rows);
        if (!no_rows) return {boost::system::in_place_value, nullptr};
        if (no_rows->is_misfit) return unreadable(std::move(no_rows->reason), facts, call);
    }
    auto content = call.protocol == Protocol::json2 ? json2::parse_response(response.body, facts.is_success())
                                                    : json_rpc::parse_response(response.body, call.id);
    if (auto* fault = std::get_if<Fault>(&content)) return failure_of(std::move(*fault), call, facts);
    if (!facts.is_success()) return failure_of_status(facts, call);
    if (auto const* bad = std::get_if<json_rpc::Unreadable>(&content)) {
        return unreadable(bad->reason, facts, call);
    }
    if (no_rows) return unreadable(std::move(no_rows->reason), facts, call);
    return {boost::system::in_place_value, std::get<nlohmann::json>(std::move(content))};
}

}  // namespace zenoo_rpc::detail
