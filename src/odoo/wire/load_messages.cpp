// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/load_messages.hpp"

#include "odoo/support/text.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <string>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

bool is_error(json const& message) {
    auto const type = message.is_object() ? message.find("type") : message.end();
    return type != message.end() && is_text(*type, "error");
}

std::optional<std::size_t> record_of(json const& error, std::size_t records) {
    auto const record = error.find("record");
    if (record == error.end() || !record->is_number_unsigned() || *record >= records) return std::nullopt;
    return record->get<std::size_t>();
}

bool says_the_same(json const& a, json const& b) { return a.value("message", json()) == b.value("message", json()); }
bool is_of_same_field(json const& a, json const& b) {
    return a.contains("field") && a.value("field", json()) == b.value("field", json());
}

/// Returns true if the error blames the first record for that of a later one: Odoo 19 reports such an error for both.
bool is_unproven(json const& first, std::span<json const> later) {
    bool const blames_first = first.value("record", json()) == 0 && !first.contains("field");
    return blames_first && std::ranges::any_of(later, [&](json const& each) { return says_the_same(each, first); });
}

}  // namespace

std::vector<json> load_errors(json const& result) {
    std::vector<json> errors;
    auto const messages = result.find("messages");
    if (messages == result.end() || !messages->is_array()) return errors;
    std::ranges::copy_if(*messages, std::back_inserter(errors), is_error);
    return errors;
}

std::map<std::size_t, std::vector<json>> blamed_records(std::vector<json> const& errors, std::size_t records) {
    std::map<std::size_t, std::vector<json>> blamed;
    std::span<json const> proven = errors;
    if (!proven.empty() && is_unproven(proven.front(), proven.subspan(1))) proven = proven.subspan(1);
    for (json const& error : proven) {
        auto const record = record_of(error, records);
        if (!record) continue;
        auto& of_record = blamed[*record];
        // A required cell that could not be read is reported as missing as well.
        auto is_known = [&](json const& known) {
            return says_the_same(known, error) || is_of_same_field(known, error);
        };
        if (std::ranges::none_of(of_record, is_known)) of_record.push_back(error);
    }
    return blamed;
}

}  // namespace zenoo_rpc::detail
