// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/idempotency.hpp"

#include "odoo/support/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc {

namespace {

enum class Rule {
    always,
    never,
    unless_it_creates_lines,
    if_it_creates_once,
};

/// A method of Odoo. `*` at the end matches any suffix; the first matching row applies.
struct Row {
    std::string_view method;
    Rule rule;
};

constexpr Row methods[]{
    {"write", Rule::unless_it_creates_lines},
    {"unlink", Rule::always},  // if nothing is left to delete, an earlier execution deleted it
    {"load", Rule::if_it_creates_once},
    {"create", Rule::never},
    {"copy", Rule::never},
    {"name_create", Rule::never},
    {"web_save", Rule::never},
    {"message_post", Rule::never},
    {"toggle_active", Rule::never},
    {"action_archive", Rule::always},
    {"action_unarchive", Rule::always},
    {"action_*", Rule::never},  // buttons may do anything
    {"button_*", Rule::never},

    {"check_access", Rule::always},
    {"check_access_rights", Rule::always},
    {"check_access_rule", Rule::always},
    {"check_object_reference", Rule::always},
    {"context_get", Rule::always},
    {"default_get", Rule::always},
    {"exists", Rule::always},
    {"export_data", Rule::always},
    {"fields_get", Rule::always},
    {"fields_view_get", Rule::always},
    {"formatted_read_group", Rule::always},
    {"formatted_read_grouping_sets", Rule::always},
    {"get_external_id", Rule::always},
    {"get_metadata", Rule::always},
    {"get_view", Rule::always},
    {"get_views", Rule::always},
    {"has_access", Rule::always},
    {"has_group", Rule::always},
    {"name_get", Rule::always},
    {"name_search", Rule::always},
    {"onchange", Rule::always},
    {"read", Rule::always},
    {"read_group", Rule::always},
    {"read_progress_bar", Rule::always},
    {"search", Rule::always},
    {"search_count", Rule::always},
    {"search_fetch", Rule::always},
    {"search_panel_select_multi_range", Rule::always},
    {"search_panel_select_range", Rule::always},
    {"search_read", Rule::always},
    {"web_name_search", Rule::always},
    {"web_read", Rule::always},
    {"web_read_group", Rule::always},
    {"web_search_read", Rule::always},
};

Rule rule_of(std::string_view method) noexcept {
    auto const known =
        std::ranges::find_if(methods, [&](Row const& row) { return detail::matches(row.method, method); });
    return known == std::end(methods) ? Rule::never : known->rule;
}

/// Returns an argument given by position or by name; null if it is absent.
nlohmann::json argument(nlohmann::json const& args, std::size_t position, nlohmann::json const& kwargs,
                        char const* name) {
    if (args.is_array() && position < args.size()) return args[position];
    return kwargs.is_object() ? kwargs.value(name, nlohmann::json{}) : nlohmann::json{};
}

/// Returns true if `value` contains, at any depth, `[0, 0, values]`: Odoo's command that creates a line of a one2many.
/// Each execution creates another line.
bool creates_lines(nlohmann::json const& value) {
    if (value.is_object()) return std::ranges::any_of(value, creates_lines);
    if (!value.is_array()) return false;
    return std::ranges::any_of(value, [](nlohmann::json const& command) {
        bool const creates = command.is_array() && !command.empty() && command.front() == 0;
        return creates || creates_lines(command);
    });
}

/// Searches all arguments after the ids: not every override names its values `vals`.
bool creates_lines_in(nlohmann::json const& args, nlohmann::json const& kwargs) {
    if (creates_lines(kwargs)) return true;
    return args.is_array() && !args.empty() && std::any_of(std::next(args.begin()), args.end(), creates_lines);
}

/// Returns true for a `load` that leaves existing records unchanged and has an external id in each row.
bool creates_once(nlohmann::json const& args, nlohmann::json const& kwargs) {
    auto const context = kwargs.is_object() ? kwargs.value("context", nlohmann::json{}) : nlohmann::json{};
    bool const leaves_alone = context.is_object() && detail::is_text(context.value("mode", nlohmann::json{}), "update")
                              && context.value("noupdate", nlohmann::json{}) == true;
    auto const fields = argument(args, 0, kwargs, "fields");
    auto const rows = argument(args, 1, kwargs, "data");
    if (!leaves_alone || !fields.is_array() || !rows.is_array()) return false;
    auto const column = std::ranges::find(fields, nlohmann::json("id"));
    if (column == fields.end()) return false;
    auto const place = static_cast<std::size_t>(column - fields.begin());
    return std::ranges::all_of(rows, [&](nlohmann::json const& row) {
        bool const has_cell = row.is_array() && place < row.size() && row[place].is_string();
        return has_cell && !row[place].get_ref<std::string const&>().empty();
    });
}

}  // namespace

bool is_idempotent(std::string_view method, nlohmann::json const& args, nlohmann::json const& kwargs) {
    switch (rule_of(method)) {
        case Rule::always: return true;
        case Rule::unless_it_creates_lines: return !creates_lines_in(args, kwargs);
        case Rule::if_it_creates_once: return creates_once(args, kwargs);
        default: return false;
    }
}

void IdempotencyRules::set(std::string model, std::string method, bool idempotent) {
    if (model.empty() || method.empty()) {
        throw std::invalid_argument{"an idempotency rule needs the name of a model and of a method"};
    }
    rules_.push_back({std::move(model), std::move(method), idempotent});
}

std::optional<bool> IdempotencyRules::find(std::string_view model, std::string_view method) const noexcept {
    for (auto rule = rules_.rbegin(); rule != rules_.rend(); ++rule) {
        bool const is_of_model = rule->model == "*" || rule->model == model;
        if (is_of_model && detail::matches(rule->method, method)) return rule->idempotent;
    }
    return std::nullopt;
}

}  // namespace zenoo_rpc
