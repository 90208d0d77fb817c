// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ODOO_METHODS_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ODOO_METHODS_HPP

#include "testing/orm/odoo_environment.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>

namespace zenoo_rpc::testing {

/// Calls a method of a model for a remote client: a custom method if there is one, otherwise one of every model.
///
/// The context is taken from `kwargs`. Null is Python's None.
nlohmann::json call_method(OdooStore& store, OdooId uid, std::string const& model, std::string const& method,
                           nlohmann::json args, nlohmann::json kwargs);

/// Arguments that a method does not accept, with the message of `inspect.signature`.
class UnusableArguments final : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Calls a method with named arguments only, as JSON-2 does: the ids of the records are `ids`, and `create` returns a
/// list. Throws UnusableArguments. The model must exist.
nlohmann::json call_method_by_name(OdooStore& store, OdooId uid, std::string const& model, std::string const& method,
                                   nlohmann::json named);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ODOO_METHODS_HPP
