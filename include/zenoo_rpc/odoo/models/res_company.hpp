// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_MODELS_RES_COMPANY_HPP
#define ZENOO_RPC_ODOO_MODELS_RES_COMPANY_HPP

#include <zenoo_rpc/odoo/row.hpp>

#include <string>
#include <string_view>

namespace zenoo_rpc {

struct ResCountry;
struct ResCurrency;
struct ResPartner;

/// Company of the database. Its fields exist in both Odoo 16 and 19.
struct ResCompany {
    static constexpr std::string_view odoo_model = "res.company";

    RecordId id = 0;
    std::string name = {};
    Ref<ResPartner> partner = {};  ///< contact of the company
    Ref<ResCurrency> currency = {};
    Ref<ResCompany> parent = {};
    std::string email = {};
    std::string phone = {};
    std::string website = {};
    std::string street = {};
    std::string street2 = {};
    std::string zip = {};
    std::string city = {};
    Ref<ResCountry> country = {};
    std::string vat = {};
    std::string company_registry = {};

    bool operator==(ResCompany const&) const = default;
};
BOOST_DESCRIBE_STRUCT(ResCompany, (),
                      (id, name, partner, currency, parent, email, phone, website, street, street2, zip, city, country,
                       vat, company_registry))

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_MODELS_RES_COMPANY_HPP
