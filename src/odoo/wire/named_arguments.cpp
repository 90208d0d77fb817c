// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/named_arguments.hpp"

#include "odoo/support/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

/// A method of Odoo and the names of its positional arguments. `*` at the end of `method` matches any suffix.
struct KnownMethod {
    std::string_view method;
    std::array<std::string_view, 8> names;
};

/// The names in Odoo 19, the first version with JSON-2.
constexpr KnownMethod known_methods[]{
    {"check_object_reference", {"module", "xml_id", "raise_on_access_error"}},
    {"context_get", {}},
    {"create", {"vals_list"}},
    {"default_get", {"fields"}},
    {"fields_get", {"allfields", "attributes"}},
    {"formatted_read_group", {"domain", "groupby", "aggregates", "having", "offset", "limit", "order"}},
    {"get_param", {"key", "default"}},
    {"get_view", {"view_id", "view_type"}},
    {"get_views", {"views", "options"}},
    {"load", {"fields", "data"}},
    {"name_create", {"name"}},
    {"name_search", {"name", "domain", "operator", "limit"}},
    {"read_group", {"domain", "fields", "groupby", "offset", "limit", "orderby", "lazy"}},
    {"search", {"domain", "offset", "limit", "order"}},
    {"search_count", {"domain", "limit"}},
    {"search_fetch", {"domain", "field_names", "offset", "limit", "order"}},
    {"search_read", {"domain", "fields", "offset", "limit", "order"}},
    {"set_param", {"key", "value"}},
    {"web_search_read", {"domain", "specification", "offset", "limit", "order", "count_limit"}},

    // Methods on records.
    {"action_*", {"ids"}},
    {"button_*", {"ids"}},
    {"copy", {"ids", "default"}},
    {"exists", {"ids"}},
    {"export_data", {"ids", "fields_to_export"}},
    {"get_external_id", {"ids"}},
    {"get_metadata", {"ids"}},
    {"message_post", {"ids"}},
    {"message_subscribe", {"ids", "partner_ids", "subtype_ids"}},
    {"message_unsubscribe", {"ids", "partner_ids"}},
    {"onchange", {"ids", "values", "field_names", "fields_spec"}},
    {"read", {"ids", "fields", "load"}},
    {"toggle_active", {"ids"}},
    {"unlink", {"ids"}},
    {"web_read", {"ids", "specification"}},
    {"web_save", {"ids", "vals", "specification", "next_id"}},
    {"write", {"ids", "vals"}},
};

std::string_view name_of(std::string_view method, std::size_t position) {
    auto const known =
        std::ranges::find_if(known_methods, [&](auto const& row) { return matches(row.method, method); });
    if (known == std::end(known_methods) || position >= known->names.size()) return {};
    return known->names[position];
}

}  // namespace

json named_arguments(std::string const& name, std::string_view method, json const& args, json const& kwargs) {
    json named = kwargs;
    for (std::size_t position = 0; position < args.size(); ++position) {
        auto const argument = std::string{name_of(method, position)};
        if (argument.empty()) {
            throw std::invalid_argument{name + ": JSON-2 takes arguments by name, but the name of args["
                                        + std::to_string(position)
                                        + "] of this method is unknown: pass it in kwargs, record ids as \"ids\""};
        }
        if (named.contains(argument)) {
            throw std::invalid_argument{name + ": the argument " + argument + " is given twice, in args and kwargs"};
        }
        named[argument] = args[position];
    }
    if (auto const ids = named.find("ids"); ids != named.end() && ids->is_number_integer()) {
        *ids = json::array({ids->get<std::int64_t>()});
    }
    if (creates_one(method, args, kwargs)) {
        auto list = json::array();
        list.push_back(std::move(named["vals_list"]));
        named["vals_list"] = std::move(list);
    }
    return named;
}

PositionalArguments positional_arguments(json const& args, json const& kwargs) {
    PositionalArguments given{args, kwargs};
    auto const ids = given.kwargs.find("ids");
    if (!args.empty() || ids == given.kwargs.end()) return given;
    given.args.push_back(std::move(*ids));
    given.kwargs.erase("ids");
    return given;
}

bool creates_one(std::string_view method, json const& args, json const& kwargs) {
    if (method != "create") return false;
    if (!args.empty()) return args.front().is_object();
    auto const values = kwargs.find("vals_list");
    return values != kwargs.end() && values->is_object();
}

}  // namespace zenoo_rpc::detail
