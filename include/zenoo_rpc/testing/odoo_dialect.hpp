// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_ODOO_DIALECT_HPP
#define ZENOO_RPC_TESTING_ODOO_DIALECT_HPP

namespace zenoo_rpc::testing {

/// Which version's protocols, error codes and classes of errors a simulated server has. Models and records are those
/// of its store.
enum class OdooDialect {
    odoo16,  ///< `/jsonrpc` alone, error code 200
    odoo19,  ///< `/jsonrpc` with error code 0, and JSON-2
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_ODOO_DIALECT_HPP
