// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ODOO_ENVIRONMENT_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ODOO_ENVIRONMENT_HPP

#include <zenoo_rpc/testing/odoo_exception.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc::testing {

/// Who does something with which context: Odoo's `env`.
struct OdooEnvironment {
    OdooStore& store;
    OdooId uid = 0;
    nlohmann::json context = nlohmann::json::object();

    /// Whether archived records are left out.
    bool active_test() const { return context.value("active_test", nlohmann::json(true)) != false; }
};

inline OdooException value_error(std::string const& message) { return {"builtins.ValueError", message}; }
inline OdooException type_error(std::string const& message) { return {"builtins.TypeError", message}; }
inline OdooException validation_error(std::string const& message) {
    return {"odoo.exceptions.ValidationError", message};
}
inline OdooException missing_error(OdooEnvironment const& env, std::string_view model, std::string const& ids) {
    return {"odoo.exceptions.MissingError", "Record does not exist or has been deleted.\n(Record: " + std::string{model}
                                                + ids + ", User: " + std::to_string(env.uid) + ")"};
}
/// Says plainly that Odoo can do this and the simulator can not.
inline OdooException not_simulated(std::string const& what) {
    return {"builtins.NotImplementedError", "the Odoo simulator does not know " + what};
}

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ODOO_ENVIRONMENT_HPP
