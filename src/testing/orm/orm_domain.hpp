// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_DOMAIN_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_DOMAIN_HPP

#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

#include <functional>
#include <string_view>

namespace zenoo_rpc::testing {

using RecordMatcher = std::function<bool(OdooRecord const&)>;

/// Converts a domain in Odoo's prefix notation to a predicate. The predicate must not outlive the store.
///
/// Throws Odoo's exceptions for unknown fields, operators and shapes; Odoo 16 has no operator `any`.
RecordMatcher compile_domain(OdooStore const& store, OdooModel const& model, nlohmann::json const& domain);

/// Returns true if the domain has a condition on the field itself.
bool mentions(nlohmann::json const& domain, std::string_view field);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_DOMAIN_HPP
