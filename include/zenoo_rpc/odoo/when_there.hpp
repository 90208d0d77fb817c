// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_WHEN_THERE_HPP
#define ZENOO_RPC_ODOO_WHEN_THERE_HPP

namespace zenoo_rpc {

/// What becomes of a record that is there already.
enum class WhenThere {
    keep,       ///< it stays as it is
    overwrite,  ///< it gets the values that are given
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_WHEN_THERE_HPP
