// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_MODELS_HPP
#define ZENOO_RPC_ODOO_MODELS_HPP

// The models that come with the library. For a model of your own see `Row`.

#include <zenoo_rpc/odoo/models/product_product.hpp>
#include <zenoo_rpc/odoo/models/res_company.hpp>
#include <zenoo_rpc/odoo/models/res_country.hpp>
#include <zenoo_rpc/odoo/models/res_currency.hpp>
#include <zenoo_rpc/odoo/models/res_partner.hpp>
#include <zenoo_rpc/odoo/models/res_users.hpp>
#include <zenoo_rpc/odoo/models/sale_order.hpp>

#endif  // ZENOO_RPC_ODOO_MODELS_HPP
