// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_RECORDS_FIELD_TYPES_HPP
#define ZENOO_RPC_SRC_ODOO_RECORDS_FIELD_TYPES_HPP

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace zenoo_rpc {

/// What a field of a model takes.
struct FieldType {
    struct Choice {
        std::string key;
        std::string label;
        friend bool operator==(Choice const&, Choice const&) = default;
    };

    std::string name;               ///< `char`, `many2one` and so on
    std::vector<Choice> choices{};  ///< of a selection, in Odoo's order

    friend bool operator==(FieldType const&, FieldType const&) = default;
};

/// The type of each field of a model, by its name.
using FieldTypes = std::map<std::string, FieldType, std::less<>>;

/// Reads the types from what `fields_get` returns.
FieldTypes field_types(nlohmann::json const& fields_get);

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_SRC_ODOO_RECORDS_FIELD_TYPES_HPP
