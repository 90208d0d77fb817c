// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_MODELS_RES_PARTNER_HPP
#define ZENOO_RPC_ODOO_MODELS_RES_PARTNER_HPP

#include <zenoo_rpc/odoo/row.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc {

struct ResCompany;
struct ResCountry;
struct ResUsers;

/// Contact: a person, a company, or an address of either. Its fields exist in both Odoo 16 and 19.
struct ResPartner {
    static constexpr std::string_view odoo_model = "res.partner";

    RecordId id = 0;
    std::string name = {};
    bool active = false;
    bool is_company = false;
    std::string type = {};  ///< `contact`, `invoice`, `delivery` and so on
    std::string email = {};
    std::string phone = {};
    std::string website = {};
    std::string function = {};  ///< job position of a person
    std::string street = {};
    std::string street2 = {};
    std::string zip = {};
    std::string city = {};
    std::optional<Many2one> state_id = {};
    Ref<ResCountry> country = {};
    Ref<ResPartner> parent = {};  ///< company of a person or address
    std::vector<RecordId> child_ids = {};
    std::vector<RecordId> category_id = {};  ///< tags
    Ref<ResCompany> company = {};            ///< the only company that can see it; empty: all
    Ref<ResUsers> user = {};                 ///< salesperson
    std::string lang = {};
    std::string tz = {};
    std::string ref = {};
    std::string vat = {};
    std::optional<DateTime> write_date = {};

    bool operator==(ResPartner const&) const = default;
};
BOOST_DESCRIBE_STRUCT(ResPartner, (),
                      (id, name, active, is_company, type, email, phone, website, function, street, street2, zip, city,
                       state_id, country, parent, child_ids, category_id, company, user, lang, tz, ref, vat,
                       write_date))

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_MODELS_RES_PARTNER_HPP
