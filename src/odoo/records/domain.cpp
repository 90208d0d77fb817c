// SPDX-License-Identifier: BSL-1.0
#include "odoo/records/excerpt.hpp"
#include "odoo/support/text.hpp"

#include <zenoo_rpc/odoo/domain.hpp>

#include <cstddef>
#include <stdexcept>

namespace zenoo_rpc {

namespace {

/// Returns the number of operands of an entry: 0 for a condition.
int operands_of(nlohmann::json const& entry) {
    if (entry.is_array() && entry.size() == 3) return 0;
    if (detail::is_text(entry, "!")) return 1;
    if (detail::is_text(entry, "&") || detail::is_text(entry, "|")) return 2;
    throw std::invalid_argument{"invalid domain entry: expected \"&\", \"|\", \"!\" or [field, operator, value], found "
                                + detail::excerpt_of(entry)};
}

/// Returns the number of complete expressions that follow each other.
std::size_t expressions_in(nlohmann::json const& terms) {
    std::size_t complete = 0;
    std::size_t missing = 0;  // operands of the expression being read
    for (auto const& entry : terms) {
        auto const operands = operands_of(entry);
        if (missing > 0) --missing;
        missing += static_cast<std::size_t>(operands);
        if (missing == 0) ++complete;
    }
    if (missing > 0)
        throw std::invalid_argument{"incomplete domain: operands missing after the last entry: "
                                    + std::to_string(missing)};
    return complete;
}

}  // namespace

Domain::Domain(nlohmann::json terms) : terms_(std::move(terms)) {
    if (!terms_.is_array()) {
        throw std::invalid_argument{"a domain must be a JSON array, found " + detail::excerpt_of(terms_)};
    }
    // Joined into one expression, so that it can be negated and combined like those made here.
    auto const expressions = expressions_in(terms_);
    if (expressions > 1) terms_.insert(terms_.begin(), expressions - 1, nlohmann::json("&"));
}

Domain::Domain(std::string field, char const* comparison, nlohmann::json value) {
    auto condition = nlohmann::json::array();
    condition.push_back(std::move(field));
    condition.push_back(comparison);
    condition.push_back(std::move(value));
    terms_.push_back(std::move(condition));
}

Domain Domain::joined(char const* connective, Domain left, Domain right) {
    left.terms_.insert(left.terms_.begin(), connective);
    for (auto& term : right.terms_) left.terms_.push_back(std::move(term));
    return left;
}

Domain operator&&(Domain left, Domain right) {
    if (left.terms_.empty()) return right;
    if (right.terms_.empty()) return left;
    return Domain::joined("&", std::move(left), std::move(right));
}

Domain operator||(Domain left, Domain right) {
    if (left.terms_.empty()) return left;
    if (right.terms_.empty()) return right;
    return Domain::joined("|", std::move(left), std::move(right));
}

Domain operator!(Domain negated) {
    if (negated.terms_.empty()) return Field{"id"}.in();
    negated.terms_.insert(negated.terms_.begin(), "!");
    return negated;
}

}  // namespace zenoo_rpc
