// SPDX-License-Identifier: BSL-1.0
#include "odoo/query/field_check.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <ranges>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

constexpr std::size_t most_near_names = 3;

/// Counts the letters to insert, remove, change or swap with their neighbour.
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> before_last(to.size() + 1);
    std::vector<std::size_t> last(to.size() + 1);
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            std::size_t const differs = from[i - 1] != to[j - 1];
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + differs});
            bool const is_swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
            if (is_swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        std::swap(before_last, last);
        std::swap(last, row);
    }
    return last.back();
}

/// Returns similar names, the nearest first.
std::vector<std::string_view> near_names(std::string_view name, std::vector<std::string_view> const& known) {
    auto const most = std::max<std::size_t>(2, name.size() / 3);
    std::vector<std::pair<std::size_t, std::string_view>> near;
    for (auto const candidate : known) {
        bool const is_longer = name.size() > 2 && candidate.starts_with(name);
        auto const letters = is_longer ? 1 : distance(name, candidate);
        if (letters <= most && letters < name.size()) near.emplace_back(letters, candidate);
    }
    std::ranges::sort(near);
    std::vector<std::string_view> names;
    for (auto const& [letters, candidate] : near | std::views::take(most_near_names)) names.push_back(candidate);
    return names;
}

void add_once(std::vector<std::string>& names, std::string_view path) {
    auto const name = path.substr(0, path.find_first_of(".:"));
    if (!name.empty() && std::ranges::find(names, name) == names.end()) names.emplace_back(name);
}

}  // namespace

std::vector<std::string> fields_named_in(json const& domain, std::string_view order) {
    std::vector<std::string> names;
    for (auto const& term : domain) {
        if (term.is_array() && term[0].is_string()) add_once(names, term[0].get_ref<std::string const&>());
    }
    for (auto const term : order | std::views::split(',')) {
        std::string_view words{term.begin(), term.end()};
        words.remove_prefix(std::min(words.find_first_not_of(' '), words.size()));
        add_once(names, words.substr(0, words.find(' ')));
    }
    return names;
}

std::string no_such_field(std::string_view model, std::string_view name, std::vector<std::string_view> const& known) {
    std::string text{model};
    text.append(" has no field ").append(json(name).dump(-1, ' ', false, json::error_handler_t::replace));
    bool is_first = true;
    for (auto const near : near_names(name, known)) {
        text.append(is_first ? "; did you mean " : " or ").append(near);
        is_first = false;
    }
    return is_first ? text : text + "?";
}

asio::awaitable<Result<void>> check_fields(CallScope scope, std::string model, std::vector<std::string> names,
                                           CallOptions options) {
    Result<std::shared_ptr<FieldTypes const>> const types = co_await types_of(std::move(scope), model, options);
    if (!types) co_return types.error();
    for (auto const& name : names) {
        if ((*types)->contains(name)) continue;
        std::vector<std::string_view> known;
        for (auto const& [field, type] : **types) known.push_back(field);
        throw std::invalid_argument{no_such_field(model, name, known)};
    }
    co_return Result<void>{};
}

}  // namespace zenoo_rpc::detail
