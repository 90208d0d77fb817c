// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_SEARCH_OPTIONS_HPP
#define ZENOO_RPC_ODOO_SEARCH_OPTIONS_HPP

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace zenoo_rpc {

/// Which part of what matches, in which order: `SearchOptions().order("name, id desc").limit(80)`.
class SearchOptions {
public:
    SearchOptions() = default;

    SearchOptions& offset(std::int64_t records) {
        kwargs_["offset"] = records;
        return *this;
    }
    SearchOptions& limit(std::int64_t records) {
        kwargs_["limit"] = records;
        return *this;
    }
    SearchOptions& order(std::string fields) {
        kwargs_["order"] = std::move(fields);
        return *this;
    }

    /// As keyword arguments of Odoo's `search` and `search_read`.
    nlohmann::json const& kwargs() const noexcept { return kwargs_; }

private:
    nlohmann::json kwargs_ = nlohmann::json::object();
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_SEARCH_OPTIONS_HPP
