// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_CREATE_ONCE_HPP
#define ZENOO_RPC_ODOO_CREATE_ONCE_HPP

#include <zenoo_rpc/odoo/external_id.hpp>
#include <zenoo_rpc/odoo/values.hpp>

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <string>

namespace zenoo_rpc {

/// The type of each field of a model, by its name.
using FieldTypes = std::map<std::string, std::string, std::less<>>;

/// What the answer of `fields_get` says of types.
FieldTypes field_types(nlohmann::json const& fields_get);

/// Arguments of a call of `load` that creates one record, or finds it, however often it is made.
struct LoadArguments {
    nlohmann::json args;
    nlohmann::json kwargs;
};

/// Writes a record, as `create` takes it, in the manner of an import: one column for each value, all cells text.
///
/// Text, html, integers, floats, booleans and many2one (an id, or an external id) are encoded, numbers and booleans
/// also where they are given as text; `false` and null empty a field, and so does "". Everything that could arrive
/// otherwise than by `create` is refused.
///
/// Throws `ValidationError`, not sent, which names the external id and the field.
LoadArguments load_arguments(ExternalId const& id, Values const& record, FieldTypes const& types);

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_CREATE_ONCE_HPP
