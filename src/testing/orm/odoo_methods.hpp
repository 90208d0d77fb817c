// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ODOO_METHODS_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ODOO_METHODS_HPP

#include "testing/orm/odoo_environment.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>

namespace zenoo_rpc::testing {

/// Calls a method of a model as a remote client may: its own ones first, then those every model has.
///
/// The context is taken out of `kwargs`. Null is Python's None.
nlohmann::json call_method(OdooStore& store, OdooId uid, std::string const& model, std::string const& method,
                           nlohmann::json args, nlohmann::json kwargs);

/// Arguments that a method does not take, as `inspect.signature` says it.
class UnusableArguments final : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The same by names alone, as JSON-2 calls: the ids of the records are `ids`, and `create` answers a list. Throws
/// UnusableArguments. The model must exist.
nlohmann::json call_method_by_name(OdooStore& store, OdooId uid, std::string const& model, std::string const& method,
                                   nlohmann::json named);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ODOO_METHODS_HPP
