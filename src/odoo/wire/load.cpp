// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/load.hpp"

#include "odoo/support/complaint.hpp"
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

/// `load` turns every exception into text. These are PostgreSQL's, not Odoo's, and so not in the user's language.
bool tells_of_conflict(json const& message) {
    static constexpr std::array<std::string_view, 3> texts{"could not serialize access", "deadlock detected",
                                                           "canceling statement due to lock timeout"};
    auto const said = text_in(message, "message");
    return std::ranges::any_of(texts, [&](auto text) { return said.find(text) != std::string::npos; });
}

/// "record shop.c42, field country_id: No matching record found (and 2 more)"
std::string describe(std::vector<json> const& errors, std::string_view record) {
    if (errors.empty()) return "nothing was loaded, and no reason given";
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

Failure no_sense(AskedCall const& call) {
    Complaint complaint{.code = Errc::protocol_error};
    complaint.what = std::string{call.name} + ": the answer is not that of load";
    complaint.reply.http_status = 200;
    return as_failure(std::move(complaint));
}

}  // namespace

Failure load_refused(std::vector<json> const& errors, AskedCall const& call, std::string_view record) {
    bool const in_the_way = std::ranges::any_of(errors, tells_of_conflict);
    Complaint complaint{.code = in_the_way ? Errc::concurrency_conflict : Errc::validation_failed,
                        .delivery = Delivery::rejected};
    if (in_the_way) complaint.retry_after = std::chrono::seconds{1};
    auto text = presentable(scrubbed(describe(errors, record), call.secret));
    complaint.what = std::string{call.name} + ": " + std::move(text);
    json said(errors);
    scrub(said, call.secret);
    complaint.reply.arguments = said.dump();
    complaint.reply.http_status = 200;
    return as_failure(std::move(complaint));
}

boost::system::result<std::vector<RecordId>, Failure> classify_load(json const& result, AskedCall const& call,
                                                                    std::string_view record) {
    if (!result.is_object() || !result.contains("ids")) return no_sense(call);
    json const& ids = result["ids"];
    if (ids == false) return load_refused(load_errors(result), call, record);
    bool const all_numbers =
        ids.is_array() && std::ranges::all_of(ids, [](json const& id) { return id.is_number_integer(); });
    if (!all_numbers) return no_sense(call);
    return ids.get<std::vector<RecordId>>();
}

}  // namespace zenoo_rpc::detail
