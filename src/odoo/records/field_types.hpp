// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_RECORDS_FIELD_TYPES_HPP
#define ZENOO_RPC_SRC_ODOO_RECORDS_FIELD_TYPES_HPP

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace zenoo_rpc {

/// Type of a field of a model, as `fields_get` describes it.
struct FieldType {
    struct Choice {
        std::string key;
        std::string label;
        friend bool operator==(Choice const&, Choice const&) = default;
    };

    std::string name;               ///< `char`, `many2one` and so on
    std::vector<Choice> choices{};  ///< choices of a selection, in Odoo's order

    friend bool operator==(FieldType const&, FieldType const&) = default;
};

/// Types of the fields of a model, by field name.
using FieldTypes = std::map<std::string, FieldType, std::less<>>;

/// Reads the types from the result of `fields_get`. Entries of another shape are skipped.
FieldTypes field_types(nlohmann::json const& fields_get);

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_SRC_ODOO_RECORDS_FIELD_TYPES_HPP
