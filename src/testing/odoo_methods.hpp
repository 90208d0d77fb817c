// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_ODOO_METHODS_HPP
#define ZENOO_RPC_TESTING_ODOO_METHODS_HPP

#include "odoo_environment.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace zenoo_rpc::testing {

/// Calls a method of a model as a remote client may: its own ones first, then those every model has.
///
/// The context is taken out of `kwargs`. Null is Python's None.
nlohmann::json call_method(OdooStore& store, OdooId uid, std::string const& model, std::string const& method,
                           nlohmann::json args, nlohmann::json kwargs);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_ODOO_METHODS_HPP
