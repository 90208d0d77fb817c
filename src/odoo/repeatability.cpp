// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/odoo/repeatability.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace zenoo_rpc {

namespace {

constexpr std::array<std::string_view, 34> reading_methods{
    "check_access",
    "check_access_rights",
    "check_access_rule",
    "check_object_reference",
    "context_get",
    "default_get",
    "exists",
    "export_data",
    "fields_get",
    "fields_view_get",
    "formatted_read_group",
    "formatted_read_grouping_sets",
    "get_external_id",
    "get_metadata",
    "get_view",
    "get_views",
    "has_access",
    "has_group",
    "name_get",
    "name_search",
    "onchange",
    "read",
    "read_group",
    "read_progress_bar",
    "search",
    "search_count",
    "search_fetch",
    "search_panel_select_multi_range",
    "search_panel_select_range",
    "search_read",
    "web_name_search",
    "web_read",
    "web_read_group",
    "web_search_read",
};
static_assert(std::ranges::is_sorted(reading_methods));

/// `[0, 0, values]`, Odoo's command that creates a line of a one2many, anywhere below: each execution makes another.
bool creates_lines(nlohmann::json const& value) {
    if (value.is_object()) return std::ranges::any_of(value, creates_lines);
    if (!value.is_array()) return false;
    return std::ranges::any_of(value, [](nlohmann::json const& command) {
        bool const creates = command.is_array() && !command.empty() && command.front() == 0;
        return creates || creates_lines(command);
    });
}

/// The values that a call of `write` is to write: after the ids, or by name.
bool writes_lines(nlohmann::json const& args, nlohmann::json const& kwargs) {
    if (args.is_array() && args.size() > 1) return creates_lines(args[1]);
    return kwargs.is_object() && kwargs.contains("vals") && creates_lines(kwargs["vals"]);
}

}  // namespace

bool is_repeatable(std::string_view method, nlohmann::json const& args, nlohmann::json const& kwargs) {
    if (method == "write") return !writes_lines(args, kwargs);
    return method == "unlink" || std::ranges::binary_search(reading_methods, method);
}

}  // namespace zenoo_rpc
