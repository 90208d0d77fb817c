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

/// User. Its fields exist in both Odoo 16 and 19.
struct ResUsers {
    static constexpr std::string_view odoo_model = "res.users";

    RecordId id = 0;
    std::string login = {};
    std::string name = {};
    std::string email = {};
    bool active = false;
    bool share = false;                      ///< portal or public user, without access to the back end
    Ref<ResPartner> partner = {};            ///< contact record of the user
    Ref<ResCompany> company = {};            ///< current company
    std::vector<RecordId> company_ids = {};  ///< all companies that are allowed
    std::string lang = {};
    std::string tz = {};

    bool operator==(ResUsers const&) const = default;
};
BOOST_DESCRIBE_STRUCT(ResUsers, (), (id, login, name, email, active, share, partner, company, company_ids, lang, tz))

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_MODELS_RES_USERS_HPP
