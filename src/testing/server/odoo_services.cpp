// SPDX-License-Identifier: BSL-1.0
#include "testing/server/odoo_services.hpp"

#include "testing/orm/odoo_environment.hpp"
#include "testing/orm/odoo_methods.hpp"
#include "testing/orm/orm_values.hpp"
#include "testing/python/python_errors.hpp"
#include "testing/python/python_signature.hpp"
#include "testing/server/json_rpc_call.hpp"
#include "testing/server/odoo_users.hpp"

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;
using python::Signature;

OdooException access_denied() { return {"odoo.exceptions.AccessDenied", "Access Denied"}; }

OdooId uid_from(json const& value) {
    OdooField const number{.name = "uid", .kind = FieldKind::integer};
    if (value.is_null()) throw python::no_integer(value);
    return to_cell({}, number, value).get<OdooId>();
}

}  // namespace

json server_version(OdooDialect dialect) {
    int const major = dialect == OdooDialect::odoo16 ? 16 : 19;
    auto const serie = std::to_string(major) + ".0";
    return {{"server_version", serie},
            {"server_version_info", json::array({major, 0, 0, "final", 0, ""})},
            {"server_serie", serie},
            {"protocol_version", 1}};
}

json OdooServices::call(std::string const& service, std::string const& method, json const& args) {
    OdooTransaction transaction{store};
    json result;
    try {
        if (service == "common") {
            result = common(method, args);
        } else if (service == "object") {
            result = object(method, args);
        } else if (service == "db") {
            result = db(method, args);
        } else {
            throw OdooException{"builtins.KeyError", service};
        }
    } catch (IntegrityError const& error) {
        throw operation_refused(error);
    }
    transaction.commit();
    return result;
}

json OdooServices::common(std::string const& method, json const& args) {
    auto const none = json::object();
    if (method == "version") {
        Signature{"exp_version", {}}.bind(args, none);
        return server_version(store.dialect());
    }
    if (method == "login") {
        return login(Signature{"exp_login", {{"db", true}, {"login", true}, {"password", true}}}.bind(args, none));
    }
    if (method == "authenticate") {
        Signature const signature{"exp_authenticate",
                                  {{"db", true}, {"login", true}, {"password", true}, {"user_agent_env", true}}};
        return login(signature.bind(args, none));
    }
    throw OdooException{"builtins.Exception", "Method not found: " + method};
}

/// Returns the user's id, or false for wrong credentials, which are not an error.
json OdooServices::login(json const& given) {
    connect(given.at("db"));
    for (auto const& [id, user] : store.table("res.users")) {
        bool const is_meant = value_of(user, "login") == given.at("login");
        if (is_meant && accepts_password(store, user, given.at("password"))) return id;
    }
    return false;
}

json OdooServices::db(std::string const& method, json const& args) {
    if (method == "server_version") return server_version(store.dialect()).at("server_version");
    if (method == "list") {
        if (access != DatabaseAccess::open) connect(database);
        return json::array({database});
    }
    if (method == "db_exist") return !args.empty() && args[0] == database;
    throw OdooException{"builtins.Exception", "Method not found: " + method};
}

json OdooServices::object(std::string const& method, json const& args) {
    if (args.size() < 5 && store.dialect() == OdooDialect::odoo16) {
        Signature const signature{
            "execute_kw",
            {{"db", true}, {"uid", true}, {"passwd", true}, {"obj", true}, {"method", true}, {"args", true}}};
        signature.bind(args, json::object());
    }
    if (args.size() < 5) {
        throw python::value_error("not enough values to unpack (expected at least 5, got " + std::to_string(args.size())
                                  + ")");
    }
    OdooId const uid = uid_from(args[1]);
    if (!python::truth(args[2])) throw access_denied();
    connect(args[0]);
    check_password(uid, args[2]);
    if (method != "execute" && method != "execute_kw") {
        throw OdooException{"builtins.NameError", "Method not available " + method};
    }
    ObjectCall const call = object_call(method, args);
    store.act_as(uid);
    return call_method(store, uid, python::str(call.model), python::str(call.method), call.args, call.kwargs);
}

void OdooServices::connect(json const& name) const {
    if (access == DatabaseAccess::pool_full) {
        throw OdooException{"psycopg2.pool.PoolError", "The Connection Pool Is Full"};
    }
    std::string const prefix = "connection to server at \"127.0.0.1\", port 5432 failed: ";
    if (access == DatabaseAccess::down) {
        throw OdooException{"psycopg2.OperationalError",
                            prefix + "Connection refused\n\tIs the server running on that host and accepting TCP/IP "
                                     "connections?\n"};
    }
    if (name != database) {
        throw OdooException{"psycopg2.OperationalError",
                            prefix + "FATAL:  database \"" + python::str(name) + "\" does not exist\n"};
    }
}

void OdooServices::check_password(OdooId uid, json const& password) const {
    if (uid == 0) throw access_denied();
    OdooRecord const* user = store.find("res.users", uid);
    if (!user) {
        OdooEnvironment const env{store, uid};
        throw missing_error(env, "res.users", python::repr_tuple(json::array({uid})));
    }
    if (!accepts_password(store, *user, password)) throw access_denied();
}

}  // namespace zenoo_rpc::testing
