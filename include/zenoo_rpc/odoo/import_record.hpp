// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_IMPORT_RECORD_HPP
#define ZENOO_RPC_ODOO_IMPORT_RECORD_HPP

#include <zenoo_rpc/odoo/external_id.hpp>
#include <zenoo_rpc/odoo/values.hpp>

#include <utility>

namespace zenoo_rpc {

/// Record to import, with its permanent external id.
struct ImportRecord {
    ImportRecord(ExternalId key, Values fields) : id{std::move(key)}, values{std::move(fields)} {}

    ExternalId id;
    Values values;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_IMPORT_RECORD_HPP
