// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_MODELS_RES_CURRENCY_HPP
#define ZENOO_RPC_ODOO_MODELS_RES_CURRENCY_HPP

#include <zenoo_rpc/odoo/row.hpp>

#include <string>
#include <string_view>

namespace zenoo_rpc {

/// Currency. Its fields exist in both Odoo 16 and 19.
struct ResCurrency {
    static constexpr std::string_view odoo_model = "res.currency";

    RecordId id = 0;
    std::string name = {};  ///< ISO 4217, three letters
    std::string full_name = {};
    std::string symbol = {};
    std::string position = {};  ///< position of the symbol, `before` or `after` the amount
    bool active = false;
    double rounding = 0;  ///< smallest amount
    int decimal_places = 0;
    double rate = 0;  ///< today's rate to the currency of the user's company

    bool operator==(ResCurrency const&) const = default;
};
BOOST_DESCRIBE_STRUCT(ResCurrency, (), (id, name, full_name, symbol, position, active, rounding, decimal_places, rate))

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_MODELS_RES_CURRENCY_HPP
