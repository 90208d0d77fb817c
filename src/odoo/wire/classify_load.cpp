// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/classify_load.hpp"

#include "odoo/support/error_info.hpp"
#include "odoo/support/text.hpp"
#include "odoo/wire/load_messages.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

/// Returns true if a message reports a conflict. `load` turns every exception into text; these texts are PostgreSQL's,
/// so that they are not translated into the user's language.
bool reports_conflict(json const& message) {
    static constexpr std::array<std::string_view, 3> texts{"could not serialize access", "deadlock detected",
                                                           "canceling statement due to lock timeout"};
    auto const reason = text_in(message, "message");
    return std::ranges::any_of(texts, [&](auto text) { return reason.find(text) != std::string::npos; });
}

/// Returns a text such as "record shop.c42, field country_id: No matching record found (and 2 more)".
std::string describe(std::vector<json> const& errors, std::string_view record) {
    if (errors.empty()) return "nothing was loaded, and the server gave no reason";
    json const& first = errors.front();
    std::string text{record.empty() ? std::string_view{} : "record "};
    text += record;
    if (auto const index = first.find("record"); record.empty() && index != first.end() && index->is_number_integer()) {
        text += "record [" + std::to_string(index->get<std::int64_t>()) + ']';
    }
    if (auto const field = text_in(first, "field"); !field.empty()) text += ", field " + field;
    text += (text.empty() ? "" : ": ") + text_in(first, "message");
    if (errors.size() > 1) text += " (and " + std::to_string(errors.size() - 1) + " more)";
    return text;
}

Failure unexpected_response(AskedCall const& call) {
    ErrorInfo error_info{.code = Errc::protocol_error};
    error_info.what =
        std::string{call.name} + ": unexpected response: expected the result of load, an object with integer ids";
    error_info.reply.http_status = 200;
    return make_failure(std::move(error_info));
}

}  // namespace

Failure load_refused(std::vector<json> const& errors, AskedCall const& call, std::string_view record) {
    bool const is_conflict = std::ranges::any_of(errors, reports_conflict);
    ErrorInfo error_info{.code = is_conflict ? Errc::concurrency_conflict : Errc::validation_failed,
                         .delivery = Delivery::rejected};
    if (is_conflict) error_info.retry_after = std::chrono::seconds{1};
    auto text = presentable(scrubbed(describe(errors, record), call.secret));
    error_info.what = std::string{call.name} + ": " + std::move(text);
    json arguments(errors);
    scrub(arguments, call.secret);
    error_info.reply.arguments = arguments.dump();
    error_info.reply.http_status = 200;
    return make_failure(std::move(error_info));
}

boost::system::result<std::vector<RecordId>, Failure> classify_load(json const& result, AskedCall const& call,
                                                                    std::string_view record) {
    if (!result.is_object() || !result.contains("ids")) return unexpected_response(call);
    json const& ids = result["ids"];
    if (ids == false) return load_refused(load_errors(result), call, record);
    bool const all_numbers =
        ids.is_array() && std::ranges::all_of(ids, [](json const& id) { return id.is_number_integer(); });
    if (!all_numbers) return unexpected_response(call);
    return ids.get<std::vector<RecordId>>();
}

}  // namespace zenoo_rpc::detail
