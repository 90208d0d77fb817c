// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_MODELS_SALE_ORDER_HPP
#define ZENOO_RPC_ODOO_MODELS_SALE_ORDER_HPP

#include <zenoo_rpc/odoo/row.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc {

struct ResCompany;
struct ResCurrency;
struct ResPartner;
struct ResUsers;

/// Quotation or order. Not checked against a server: no recorded database has the module.
struct SaleOrder {
    static constexpr std::string_view odoo_model = "sale.order";

    RecordId id = 0;
    std::string name = {};              ///< number of the order
    std::string state = {};             ///< `draft`, `sent`, `sale`, `cancel` and so on
    Ref<ResPartner> partner = {};       ///< customer
    std::string client_order_ref = {};  ///< customer's own reference
    std::optional<DateTime> date_order = {};
    std::optional<Date> validity_date = {};
    Ref<ResUsers> user = {};  ///< salesperson
    Ref<ResCompany> company = {};
    Ref<ResCurrency> currency = {};
    double amount_untaxed = 0;
    double amount_tax = 0;
    double amount_total = 0;
    std::vector<RecordId> order_line = {};
    std::string invoice_status = {};
    std::optional<DateTime> write_date = {};

    bool operator==(SaleOrder const&) const = default;
};
BOOST_DESCRIBE_STRUCT(SaleOrder, (),
                      (id, name, state, partner, client_order_ref, date_order, validity_date, user, company, currency,
                       amount_untaxed, amount_tax, amount_total, order_line, invoice_status, write_date))

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_MODELS_SALE_ORDER_HPP
