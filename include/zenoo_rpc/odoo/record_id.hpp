// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_RECORD_ID_HPP
#define ZENOO_RPC_ODOO_RECORD_ID_HPP

#include <nlohmann/json.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace zenoo_rpc {

using RecordId = std::int64_t;

/// One id or many, as taken by methods on records: `read("res.partner", 7)`, or the result of `search`.
class RecordIds {
public:
    RecordIds(RecordId id) : ids_{id} {}
    RecordIds(std::vector<RecordId> ids) : ids_{std::move(ids)} {}
    /// Takes a number, or an array of numbers; throws `nlohmann::json::type_error` for anything else.
    RecordIds(nlohmann::json const& ids) {
        if (ids.is_array()) {
            ids.get_to(ids_);
        } else {
            ids_.push_back(ids.get<RecordId>());
        }
    }

    std::vector<RecordId> const& list() const noexcept { return ids_; }

private:
    std::vector<RecordId> ids_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_RECORD_ID_HPP
