// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_HPP
#define ZENOO_RPC_HPP

// Includes the whole library: retries, circuit breakers, a cache and the Odoo client.

#include <zenoo_rpc/cache.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/odoo/commands.hpp>
#include <zenoo_rpc/odoo/domain.hpp>
#include <zenoo_rpc/odoo/external_id.hpp>
#include <zenoo_rpc/odoo/fields.hpp>
#include <zenoo_rpc/odoo/http_transport.hpp>
#include <zenoo_rpc/odoo/import_records.hpp>
#include <zenoo_rpc/odoo/models.hpp>
#include <zenoo_rpc/odoo/values.hpp>
#include <zenoo_rpc/retry.hpp>

#endif  // ZENOO_RPC_HPP
