// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_SEARCH_OPTIONS_HPP
#define ZENOO_RPC_ODOO_SEARCH_OPTIONS_HPP

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace zenoo_rpc {

/// Order of the matching records, and the part of them to return: `SearchOptions().order("name, id desc").limit(80)`.
class SearchOptions {
public:
    SearchOptions() = default;

    /// Skips the first `records` matches.
    SearchOptions& offset(std::int64_t records) {
        kwargs_["offset"] = records;
        return *this;
    }
    /// Limits the number of records.
    SearchOptions& limit(std::int64_t records) {
        kwargs_["limit"] = records;
        return *this;
    }
    /// Sorts by fields, as Odoo writes them: `"name, id desc"`.
    SearchOptions& order(std::string fields) {
        kwargs_["order"] = std::move(fields);
        return *this;
    }

    /// Returns the keyword arguments of Odoo's `search` and `search_read`.
    nlohmann::json const& kwargs() const noexcept { return kwargs_; }

private:
    nlohmann::json kwargs_ = nlohmann::json::object();
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_SEARCH_OPTIONS_HPP
