// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ODOO_ENVIRONMENT_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ODOO_ENVIRONMENT_HPP

#include <zenoo_rpc/testing/odoo_exception.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace zenoo_rpc::testing {

/// The user and context of a call: Odoo's `env`.
struct OdooEnvironment {
    OdooStore& store;
    OdooId uid = 0;
    nlohmann::json context = nlohmann::json::object();

    /// Returns true if archived records are excluded.
    bool active_test() const { return context.value("active_test", nlohmann::json(true)) != false; }
};

enum class Access { read, create, modify, remove };

/// Throws Odoo's AccessError if the user is not permitted.
void check_access(OdooEnvironment const& env, OdooModel const& model, Access access);

inline OdooException validation_error(std::string const& message) {
    return {"odoo.exceptions.ValidationError", message};
}
/// Returns the exception a client receives for a violated database constraint.
inline OdooException operation_refused(IntegrityError const& error) {
    return validation_error(std::string{"The operation cannot be completed: "} + error.what());
}
inline OdooException missing_error(OdooEnvironment const& env, std::string_view model, std::string const& ids) {
    return {"odoo.exceptions.MissingError", "Record does not exist or has been deleted.\n(Record: " + std::string{model}
                                                + ids + ", User: " + std::to_string(env.uid) + ")"};
}

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ODOO_ENVIRONMENT_HPP
