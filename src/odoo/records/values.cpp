// SPDX-License-Identifier: BSL-1.0
#include "odoo/records/excerpt.hpp"

#include <zenoo_rpc/odoo/values.hpp>

#include <algorithm>
#include <stdexcept>

namespace zenoo_rpc {

Values::Values(nlohmann::json record) {
    if (!record.is_object()) {
        throw std::invalid_argument{"a record must be a JSON object, found " + detail::excerpt_of(record)};
    }
    members_.reserve(record.size());
    for (auto& [field, value] : record.get_ref<nlohmann::json::object_t&>()) {
        members_.emplace_back(field, std::move(value));
    }
}

nlohmann::json Values::json() const& {
    auto object = nlohmann::json::object();
    for (auto const& [field, value] : members_) object.emplace(field, value);
    return object;
}

nlohmann::json Values::json() && {
    auto object = nlohmann::json::object();
    for (auto& [field, value] : members_) object.emplace(std::move(field), std::move(value));
    members_.clear();
    return object;
}

void Values::add(std::string_view field, nlohmann::json value) {
    if (std::ranges::find(members_, field, &Member::field) != members_.end()) {
        throw std::invalid_argument{"duplicate field \"" + std::string{field} + "\" in the values of a record"};
    }
    members_.emplace_back(std::string{field}, std::move(value));
}

}  // namespace zenoo_rpc
