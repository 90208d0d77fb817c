// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_FIELDS_HPP
#define ZENOO_RPC_ODOO_FIELDS_HPP

#include <nlohmann/json.hpp>

#include <string>
#include <utility>
#include <vector>

namespace zenoo_rpc {

/// Fields of a record to read; empty for all of them. Made by `fields(...)`.
class Fields {
public:
    Fields() = default;
    Fields(std::vector<std::string> names) : names_{std::move(names)} {}
    /// Takes an array of names; throws `nlohmann::json::type_error` for anything else.
    Fields(nlohmann::json const& names) { names.get_to(names_); }

    std::vector<std::string> const& names() const noexcept { return names_; }

private:
    std::vector<std::string> names_;
};

/// Lists fields by name: `fields("name", "email")`. Needs no braces, which g++ 12 does not accept beside a co_await.
template <class... Names>
Fields fields(Names&&... names) {
    std::vector<std::string> list;
    list.reserve(sizeof...(names));
    (list.emplace_back(std::forward<Names>(names)), ...);
    return list;
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_FIELDS_HPP
