// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ODOO_ENVIRONMENT_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ODOO_ENVIRONMENT_HPP

#include <zenoo_rpc/testing/odoo_exception.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace zenoo_rpc::testing {

/// Who does something with which context: Odoo's `env`.
struct OdooEnvironment {
    OdooStore& store;
    OdooId uid = 0;
    nlohmann::json context = nlohmann::json::object();

    /// Whether archived records are left out.
    bool active_test() const { return context.value("active_test", nlohmann::json(true)) != false; }
};

enum class Access { read, create, modify, remove };

/// Throws Odoo's AccessError if the user may not.
void check_access(OdooEnvironment const& env, OdooModel const& model, Access access);

inline OdooException validation_error(std::string const& message) {
    return {"odoo.exceptions.ValidationError", message};
}
/// Returns what a call says of a constraint of the database that does not hold.
inline OdooException operation_refused(IntegrityError const& error) {
    return validation_error(std::string{"The operation cannot be completed: "} + error.what());
}
inline OdooException missing_error(OdooEnvironment const& env, std::string_view model, std::string const& ids) {
    return {"odoo.exceptions.MissingError", "Record does not exist or has been deleted.\n(Record: " + std::string{model}
                                                + ids + ", User: " + std::to_string(env.uid) + ")"};
}

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ODOO_ENVIRONMENT_HPP
