// SPDX-License-Identifier: BSL-1.0
#include "testing/server/odoo_users.hpp"

#include "testing/python/python_text.hpp"

#include <string>

namespace zenoo_rpc::testing {

OdooId user_of_api_key(OdooStore const& store, std::string_view key) {
    if (!store.find_model("res.users.apikeys")) return 0;
    for (auto const& [id, row] : store.table("res.users.apikeys")) {
        auto const& known = value_of(row, "key");
        if (!known.is_string() || known.get_ref<std::string const&>() != key) continue;
        OdooId const uid = value_of(row, "user_id").get<OdooId>();
        OdooRecord const* user = store.find("res.users", uid);
        return user && value_of(*user, "active") == true ? uid : 0;
    }
    return 0;
}

bool accepts_password(OdooStore const& store, OdooRecord const& user, nlohmann::json const& password) {
    if (value_of(user, "active") != true) return false;
    auto const& known = value_of(user, "password");
    if (python::truth(known) && known == password) return true;
    return password.is_string()
           && user_of_api_key(store, password.get_ref<std::string const&>()) == value_of(user, "id");
}

}  // namespace zenoo_rpc::testing
