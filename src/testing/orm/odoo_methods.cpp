// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/odoo_methods.hpp"

#include "testing/orm/orm_load.hpp"
#include "testing/orm/orm_read.hpp"
#include "testing/orm/orm_records.hpp"
#include "testing/orm/orm_search.hpp"
#include "testing/orm/orm_values.hpp"
#include "testing/python/python_errors.hpp"
#include "testing/python/python_signature.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

struct Arguments {
    OdooEnvironment& env;
    OdooModel const& model;
    std::vector<OdooId> ids;  ///< for a method on records
    json given;               ///< arguments by name

    json operator[](char const* name) const { return given.value(name, json()); }
};

/// A method of every model. For a method on records, the first positional argument is their ids.
struct BaseMethod {
    python::Signature signature;
    bool on_records = false;
    json (*call)(Arguments& arguments) = nullptr;
};

SearchWindow window_of(Arguments const& arguments) {
    return {arguments["offset"], arguments["limit"], arguments["order"]};
}

json create(Arguments& arguments) {
    json const values = arguments["vals_list"];
    if (!values.is_array()) return create_record(arguments.env, arguments.model, values);
    auto ids = json::array();
    for (auto const& each : values) ids.push_back(create_record(arguments.env, arguments.model, each));
    return ids;
}

json read(Arguments& arguments) {
    bool const pairs = arguments.given.value("load", json("_classic_read")) == "_classic_read";
    return read_records(arguments.env, arguments.model, arguments.ids, arguments["fields"], pairs);
}

json write(Arguments& arguments) {
    write_records(arguments.env, arguments.model, arguments.ids, arguments["vals"]);
    return true;
}

json unlink(Arguments& arguments) {
    unlink_records(arguments.env, arguments.model, arguments.ids);
    return true;
}

json search(Arguments& arguments) {
    return search_records(arguments.env, arguments.model, arguments["domain"], window_of(arguments));
}

json search_count(Arguments& arguments) {
    auto const ids = search_records(arguments.env, arguments.model, arguments["domain"], window_of(arguments));
    return ids.size();
}

json search_read(Arguments& arguments) {
    auto const ids = search_records(arguments.env, arguments.model, arguments["domain"], window_of(arguments));
    return read_records(arguments.env, arguments.model, ids, arguments["fields"]);
}

json name_search(Arguments& arguments) {
    std::string const op = arguments.given.value("operator", "ilike");
    SearchWindow const window{.limit = arguments.given.value("limit", json(100))};
    auto const ids = search_names(arguments.env, arguments.model, arguments["name"], op, arguments["domain"], window);
    auto pairs = json::array();
    for (OdooId const id : ids) {
        OdooRecord const& record = *arguments.env.store.find(arguments.model.name, id);
        pairs.push_back(json::array({id, arguments.model.display_name(arguments.env.store, record)}));
    }
    return pairs;
}

json describe(OdooField const& field) {
    json description = {{"name", field.name},
                        {"type", to_string(field.kind)},
                        {"string", field.label_or_name()},
                        {"required", field.required},
                        {"readonly", field.readonly || (field.compute && !field.inverse)},
                        {"store", !field.compute}};
    if (field.relational()) description["relation"] = field.relation;
    if (field.kind == FieldKind::one2many) description["relation_field"] = field.inverse_name;
    if (field.kind == FieldKind::selection) {
        auto choices = json::array();
        for (auto const& [key, label] : field.selection) choices.push_back(json::array({key, label}));
        description["selection"] = std::move(choices);
    }
    return description;
}

json fields_get(Arguments& arguments) {
    json const names = arguments["allfields"];
    json const attributes = arguments["attributes"];
    auto const listed = [](json const& list, std::string const& word) {
        return !python::truth(list) || std::ranges::find(list, json(word)) != list.end();
    };
    auto descriptions = json::object();
    for (OdooField const& field : arguments.model.fields) {
        if (!listed(names, field.name)) continue;
        auto chosen = json::object();
        json const description = describe(field);
        for (auto const& [attribute, value] : description.items()) {
            if (listed(attributes, attribute)) chosen[attribute] = value;
        }
        descriptions[field.name] = std::move(chosen);
    }
    return descriptions;
}

json get_external_id(Arguments& arguments) {
    auto names = json::object();
    for (OdooId const id : arguments.ids) names[std::to_string(id)] = "";
    for (auto const& [row, name] : arguments.env.store.table("ir.model.data")) {
        if (value_of(name, "model") != arguments.model.name) continue;
        std::string const id = value_of(name, "res_id").dump();
        if (names.contains(id) && names[id] == "") {
            names[id] = python::str(value_of(name, "module")) + "." + python::str(value_of(name, "name"));
        }
    }
    return names;
}

json load(Arguments& arguments) {
    return load_records(arguments.env, arguments.model, arguments["fields"], arguments["data"]);
}

json archive(Arguments& arguments, bool active) {
    if (arguments.model.find_field("active")) {
        write_records(arguments.env, arguments.model, arguments.ids, {{"active", active}});
    }
    return nullptr;
}

json action_archive(Arguments& arguments) { return archive(arguments, false); }
json action_unarchive(Arguments& arguments) { return archive(arguments, true); }

json toggle_active(Arguments& arguments) {
    for (OdooId const id : arguments.ids) {
        OdooRecord const* record = arguments.env.store.find(arguments.model.name, id);
        bool const active = !record || value_of(*record, "active") == true;
        write_records(arguments.env, arguments.model, {id}, {{"active", !active}});
    }
    return nullptr;
}

std::map<std::string_view, BaseMethod> const& base_methods() {
    static std::map<std::string_view, BaseMethod> const methods = {
        {"create", {{"BaseModel.create", {{"vals_list", true}}, 1}, false, create}},
        {"read", {{"BaseModel.read", {{"fields"}, {"load"}}, 1}, true, read}},
        {"write", {{"BaseModel.write", {{"vals", true}}, 1}, true, write}},
        {"unlink", {{"BaseModel.unlink", {}, 1}, true, unlink}},
        {"search", {{"BaseModel.search", {{"domain", true}, {"offset"}, {"limit"}, {"order"}}, 1}, false, search}},
        {"search_count", {{"BaseModel.search_count", {{"domain", true}, {"limit"}}, 1}, false, search_count}},
        {"search_read",
         {{"BaseModel.search_read", {{"domain"}, {"fields"}, {"offset"}, {"limit"}, {"order"}}, 1},
          false,
          search_read}},
        {"name_search",
         {{"BaseModel.name_search", {{"name"}, {"domain"}, {"operator"}, {"limit"}}, 1}, false, name_search}},
        {"fields_get", {{"BaseModel.fields_get", {{"allfields"}, {"attributes"}}, 1}, false, fields_get}},
        {"load", {{"BaseModel.load", {{"fields", true}, {"data", true}}, 1}, false, load}},
        {"get_external_id", {{"BaseModel.get_external_id", {}, 1}, true, get_external_id}},
        {"action_archive", {{"BaseModel.action_archive", {}, 1}, true, action_archive}},
        {"action_unarchive", {{"BaseModel.action_unarchive", {}, 1}, true, action_unarchive}},
        {"toggle_active", {{"BaseModel.toggle_active", {}, 1}, true, toggle_active}},
    };
    return methods;
}

/// Methods that exist in Odoo but not in the simulator. Their error must not say "does not exist".
constexpr std::array<std::string_view, 12> not_done{
    "read_group", "formatted_read_group", "web_search_read", "web_read",     "web_save", "export_data",
    "copy",       "name_create",          "default_get",     "message_post", "onchange", "exists"};

OdooException no_such_method(OdooDialect dialect, std::string const& model, std::string const& method) {
    bool const is_16 = dialect == OdooDialect::odoo16;
    if (method.starts_with('_')) {
        auto const name = is_16 ? method : "'" + model + "." + method + "'";
        return {"odoo.exceptions.AccessError", "Private methods (such as " + name + ") cannot be called remotely."};
    }
    if (std::ranges::find(not_done, method) != not_done.end()) {
        return python::not_simulated("the method " + model + "." + method);
    }
    if (is_16) {
        return {"builtins.AttributeError", "The method '" + method + "' does not exist on the model '" + model + "'"};
    }
    return {"builtins.AttributeError", "The method '" + model + "." + method + "' does not exist"};
}

/// Checks named arguments as `inspect.signature(method).bind` does.
void require_bindable(python::Signature const& signature, json const& named) {
    for (auto const& parameter : signature.parameters) {
        if (parameter.required && !named.contains(std::string{parameter.name})) {
            throw UnusableArguments{"missing a required argument: '" + std::string{parameter.name} + "'"};
        }
    }
    for (auto const& [name, value] : named.items()) {
        bool const is_known =
            name == "context"
            || std::ranges::find(signature.parameters, name, &python::Parameter::name) != signature.parameters.end();
        if (!is_known) throw UnusableArguments{"got an unexpected keyword argument '" + name + "'"};
    }
}

json take(json& from, char const* name) {
    json value = from.value(name, json());
    from.erase(name);
    return value;
}

}  // namespace

json call_method(OdooStore& store, OdooId uid, std::string const& model, std::string const& method, json args,
                 json kwargs) {
    OdooModel const* known = store.find_model(model);
    if (!known) throw OdooException{"odoo.exceptions.UserError", "Object " + model + " doesn't exist"};

    json context = take(kwargs, "context");
    if (!context.is_object()) context = json::object();
    if (auto const own = known->methods.find(method); own != known->methods.end()) {
        OdooCall call{store, *known, uid, std::move(args), std::move(kwargs), std::move(context)};
        return own->second(call);
    }
    auto const base = base_methods().find(method);
    if (base == base_methods().end()) throw no_such_method(store.dialect(), model, method);

    std::vector<OdooId> ids;
    if (base->second.on_records) {
        std::string const sequence = store.dialect() == OdooDialect::odoo16 ? "tuple" : "list";
        if (args.empty()) throw OdooException{"builtins.IndexError", sequence + " index out of range"};
        ids = ids_from(args.front());
        args.erase(args.begin());
    }
    OdooEnvironment env{store, uid, std::move(context)};
    Arguments arguments{env, *known, std::move(ids), base->second.signature.bind(args, kwargs)};
    return base->second.call(arguments);
}

json call_method_by_name(OdooStore& store, OdooId uid, std::string const& model, std::string const& method,
                         json named) {
    OdooModel const& known = store.model(model);
    json const ids = take(named, "ids");
    bool const is_own = known.methods.contains(method);
    auto const base = base_methods().find(method);
    bool const is_base = !is_own && base != base_methods().end();
    bool const on_records = is_base && base->second.on_records;
    if (is_base && !on_records && python::truth(ids)) {
        throw UnusableArguments{"cannot call " + model + "." + method + " with ids"};
    }
    if (is_base) require_bindable(base->second.signature, named);

    auto args = json::array();
    if (on_records || !ids.is_null()) args.push_back(ids.is_null() ? json::array() : ids);
    json result = call_method(store, uid, model, method, std::move(args), std::move(named));
    return is_base && method == "create" && !result.is_array() ? json::array({result}) : result;
}

}  // namespace zenoo_rpc::testing
