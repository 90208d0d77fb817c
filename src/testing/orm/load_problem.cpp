// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/load_problem.hpp"

#include "testing/python/python_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace zenoo_rpc::testing {

std::string about_field(std::string message, std::string const& label) {
    constexpr std::string_view placeholder = "%(field)s";
    for (std::size_t at = message.find(placeholder); at != std::string::npos; at = message.find(placeholder, at)) {
        message.replace(at, placeholder.size(), label);
        at += label.size();
    }
    return message;
}

std::optional<bool> boolean_word(std::string const& word) {
    constexpr std::array<std::string_view, 3> trues{"1", "true", "yes"};
    constexpr std::array<std::string_view, 4> falses{"", "0", "false", "no"};
    std::string const folded = python::lower(word);
    if (std::ranges::find(trues, folded) != trues.end()) return true;
    if (std::ranges::find(falses, folded) != falses.end()) return false;
    return std::nullopt;
}

}  // namespace zenoo_rpc::testing
