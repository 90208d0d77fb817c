// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/load_external_ids.hpp"

#include "testing/orm/orm_load.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace zenoo_rpc::testing {

std::set<std::string> external_ids_in_load(nlohmann::json const& fields, nlohmann::json const& rows) {
    std::set<std::string> ids;
    auto const column = std::ranges::find(fields, nlohmann::json("id"));
    if (!fields.is_array() || !rows.is_array() || column == fields.end()) return ids;
    auto const index = static_cast<std::size_t>(std::distance(fields.begin(), column));
    for (auto const& row : rows) {
        if (!row.is_array() || index >= row.size() || !row[index].is_string()) continue;
        if (auto const& id = row[index].get_ref<std::string const&>(); !id.empty()) ids.insert(full_external_id(id));
    }
    return ids;
}

}  // namespace zenoo_rpc::testing
