// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/odoo/values.hpp>

#include <stdexcept>

namespace zenoo_rpc {

Values::Values(nlohmann::json record) : record_(std::move(record)) {
    if (!record_.is_object()) {
        throw std::invalid_argument{std::string{"a record is a JSON object, not "} + record_.type_name()};
    }
}

void Values::add(std::string field, nlohmann::json value) {
    auto const [place, is_new] = record_.emplace(std::move(field), std::move(value));
    if (!is_new) throw std::invalid_argument{"field \"" + place.key() + "\" is given twice"};
}

}  // namespace zenoo_rpc
