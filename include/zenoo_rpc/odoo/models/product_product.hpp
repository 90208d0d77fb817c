// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_MODELS_PRODUCT_PRODUCT_HPP
#define ZENOO_RPC_ODOO_MODELS_PRODUCT_PRODUCT_HPP

#include <zenoo_rpc/odoo/row.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace zenoo_rpc {

/// Product variant. Not checked against a server: no recorded database has the module.
struct ProductProduct {
    static constexpr std::string_view odoo_model = "product.product";

    RecordId id = 0;
    std::string name = {};
    std::string default_code = {};  ///< internal reference
    std::string barcode = {};
    bool active = false;
    std::string type = {};  ///< `consu`, `service` and so on
    bool sale_ok = false;   ///< can be sold
    double list_price = 0;
    double standard_price = 0;  ///< cost
    std::optional<Many2one> categ_id = {};
    std::optional<Many2one> uom_id = {};  ///< unit of measure
    std::optional<Many2one> product_tmpl_id = {};
    std::optional<DateTime> write_date = {};

    bool operator==(ProductProduct const&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProductProduct, (),
                      (id, name, default_code, barcode, active, type, sale_ok, list_price, standard_price, categ_id,
                       uom_id, product_tmpl_id, write_date))

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_MODELS_PRODUCT_PRODUCT_HPP
