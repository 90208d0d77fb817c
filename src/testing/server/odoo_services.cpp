// SPDX-License-Identifier: BSL-1.0
#include "testing/server/odoo_services.hpp"

#include "testing/orm/odoo_environment.hpp"
#include "testing/orm/odoo_methods.hpp"
#include "testing/orm/orm_values.hpp"
#include "testing/python/python_signature.hpp"
#include "testing/python/python_text.hpp"
#include "testing/server/json2_call.hpp"

#include <zenoo_rpc/testing/odoo_exception.hpp>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;
using python::Signature;

OdooException access_denied() { return {"odoo.exceptions.AccessDenied", "Access Denied"}; }

OdooId uid_from(json const& value) {
    OdooField const number{.name = "uid", .kind = FieldKind::integer};
    if (value.is_null()) {
        throw type_error("int() argument must be a string, a bytes-like object or a real number, not 'NoneType'");
    }
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

ObjectCall object_call(std::string const& method, json const& args) {
    ObjectCall call{args.at(3), args.at(4)};
    if (method == "execute") {
        for (std::size_t i = 5; i < args.size(); ++i) call.args.push_back(args[i]);
        return call;
    }
    if (args.size() > 5) call.args = args[5];
    if (args.size() > 6 && args[6].is_object()) call.kwargs = args[6];
    return call;
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
        throw validation_error(std::string{"The operation cannot be completed: "} + error.what());
    }
    transaction.commit();
    return result;
}

json OdooServices::common(std::string const& method, json const& args) {
    json const none = json::object();
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

/// A wrong password is an answer, not an error.
json OdooServices::login(json const& given) {
    connect(given.at("db"));
    for (auto const& [id, user] : store.table("res.users")) {
        bool const known = value_of(user, "login") == given.at("login") && value_of(user, "active") == true;
        auto const& password = value_of(user, "password");
        if (!known) continue;
        if (python::truth(password) && password == given.at("password")) return id;
        if (is_api_key_of(id, given.at("password"))) return id;
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
        throw value_error("not enough values to unpack (expected at least 5, got " + std::to_string(args.size()) + ")");
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
    std::string const server = "connection to server at \"127.0.0.1\", port 5432 failed: ";
    if (access == DatabaseAccess::down) {
        throw OdooException{"psycopg2.OperationalError",
                            server + "Connection refused\n\tIs the server running on that host and accepting TCP/IP "
                                     "connections?\n"};
    }
    if (name != database) {
        throw OdooException{"psycopg2.OperationalError",
                            server + "FATAL:  database \"" + python::str(name) + "\" does not exist\n"};
    }
}

void OdooServices::check_password(OdooId uid, json const& password) const {
    if (uid == 0) throw access_denied();
    OdooRecord const* user = store.find("res.users", uid);
    if (!user) {
        OdooEnvironment const env{store, uid};
        throw missing_error(env, "res.users", python::repr_tuple(json::array({uid})));
    }
    auto const& known = value_of(*user, "password");
    bool const is_password = python::truth(known) && known == password;
    if (value_of(*user, "active") != true || !(is_password || is_api_key_of(uid, password))) throw access_denied();
}

bool OdooServices::is_api_key_of(OdooId uid, json const& password) const {
    return password.is_string() && user_of_api_key(store, password.get_ref<std::string const&>()) == uid;
}

}  // namespace zenoo_rpc::testing
