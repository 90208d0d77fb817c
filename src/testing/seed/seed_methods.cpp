// SPDX-License-Identifier: BSL-1.0
#include "testing/seed/seed_methods.hpp"

#include "testing/orm/odoo_environment.hpp"
#include "testing/orm/orm_search.hpp"
#include "testing/python/python_errors.hpp"
#include "testing/python/python_signature.hpp"

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

}  // namespace

OdooMethod check_object_reference() {
    return [](OdooCall& call) {
        python::Signature const signature{
            "IrModelData.check_object_reference", {{"module", true}, {"xml_id", true}, {"raise_on_access_error"}}, 1};
        json const given = signature.bind(call.args, call.kwargs);
        std::string const name = python::str(given.at("module")) + "." + python::str(given.at("xml_id"));
        auto const target = call.store.resolve(name);
        if (!target || !call.store.find(target->model, target->id)) {
            throw python::value_error("External ID not found in the system: " + name);
        }
        OdooEnvironment const env{call.store, call.uid, call.context};
        auto const domain = json::array({json::array({"id", "=", target->id})});
        bool const visible = !search_records(env, call.store.model(target->model), domain).empty();
        return json::array({target->model, visible ? json(target->id) : json(false)});
    };
}

OdooMethod context_get() {
    return [](OdooCall& call) {
        python::Signature const signature{"ResUsers.context_get", {}, 1};
        signature.bind(call.args, call.kwargs);
        json const& zone = value_of(*call.store.find("res.users", call.uid), "tz");
        return json{{"lang", "en_US"}, {"tz", zone.is_null() ? json(false) : zone}, {"uid", call.uid}};
    };
}

}  // namespace zenoo_rpc::testing
