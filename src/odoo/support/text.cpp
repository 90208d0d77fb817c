// SPDX-License-Identifier: BSL-1.0
#include "odoo/support/text.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>

namespace zenoo_rpc::detail {

void require_one_word(char const* what, std::string_view word) {
    if (word.empty() || !all_of(word, is_in_word)) {
        throw std::invalid_argument{"HTTP " + std::string{what}
                                    + " must not be empty or contain spaces or control characters"};
    }
}

bool is_text(nlohmann::json const& value, std::string_view text) {
    return value.is_string() && value.get_ref<std::string const&>() == text;
}

std::string text_in(nlohmann::json const& object, char const* name) {
    auto const found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

}  // namespace zenoo_rpc::detail
