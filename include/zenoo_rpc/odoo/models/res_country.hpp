// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_MODELS_RES_COUNTRY_HPP
#define ZENOO_RPC_ODOO_MODELS_RES_COUNTRY_HPP

#include <zenoo_rpc/odoo/row.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc {

struct ResCurrency;

/// Country. Its fields exist in both Odoo 16 and 19.
struct ResCountry {
    static constexpr std::string_view odoo_model = "res.country";

    RecordId id = 0;
    std::string name = {};
    std::string code = {};  ///< ISO 3166, two letters
    int phone_code = 0;
    Ref<ResCurrency> currency = {};
    std::vector<RecordId> state_ids = {};

    bool operator==(ResCountry const&) const = default;
};
BOOST_DESCRIBE_STRUCT(ResCountry, (), (id, name, code, phone_code, currency, state_ids))

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_MODELS_RES_COUNTRY_HPP
