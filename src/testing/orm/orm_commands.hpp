// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_ORM_ORM_COMMANDS_HPP
#define ZENOO_RPC_SRC_TESTING_ORM_ORM_COMMANDS_HPP

#include <zenoo_rpc/testing/odoo_model.hpp>

#include <nlohmann/json.hpp>

#include <vector>

namespace zenoo_rpc::testing {

/// A command that writes an x2many field.
struct OrmCommand {
    enum class Verb {
        create,  ///< `[0, 0, values]`
        update,  ///< `[1, id, values]`
        remove,  ///< `[2, id]`
        unlink,  ///< `[3, id]`
        link,    ///< `[4, id]`
        clear,   ///< `[5]`
        set,     ///< `[6, 0, ids]`, or just the ids
    };

    Verb verb = Verb::clear;
    OdooId id = 0;
    nlohmann::json payload{};  ///< values or ids
};

/// Parses the commands for an x2many field. Throws Odoo's ValueError for any other value.
std::vector<OrmCommand> commands_from(OdooField const& field, nlohmann::json const& value);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_ORM_ORM_COMMANDS_HPP
