// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_MODELS_RES_USERS_HPP
#define ZENOO_RPC_ODOO_MODELS_RES_USERS_HPP

#include <zenoo_rpc/odoo/row.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc {

struct ResCompany;
struct ResPartner;

/// A user. The fields are those of Odoo 16 and 19 both.
struct ResUsers {
    static constexpr std::string_view odoo_model = "res.users";

    RecordId id = 0;
    std::string login = {};
    std::string name = {};
    std::string email = {};
    bool active = false;
    bool share = false;                      ///< of the portal or the public, with no access to the back end
    Ref<ResPartner> partner = {};            ///< the contact that the user is
    Ref<ResCompany> company = {};            ///< the current one
    std::vector<RecordId> company_ids = {};  ///< all that are allowed
    std::string lang = {};
    std::string tz = {};

    bool operator==(ResUsers const&) const = default;
};
BOOST_DESCRIBE_STRUCT(ResUsers, (), (id, login, name, email, active, share, partner, company, company_ids, lang, tz))

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_MODELS_RES_USERS_HPP
