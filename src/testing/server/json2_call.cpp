// SPDX-License-Identifier: BSL-1.0
#include "testing/server/json2_call.hpp"

#include "testing/orm/external_ids.hpp"
#include "testing/orm/odoo_environment.hpp"
#include "testing/orm/odoo_methods.hpp"
#include "testing/python/python_json.hpp"
#include "testing/python/python_text.hpp"
#include "testing/server/http_responses.hpp"
#include "testing/server/json_rpc_responses.hpp"
#include "testing/server/odoo_users.hpp"

#include <algorithm>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

constexpr std::string_view root = "/json/2";

OdooException werkzeug(std::string const& name, int status, std::string const& message) {
    return {"werkzeug.exceptions." + name, message, json::array({message, status})};
}

OdooException unauthorized(std::string const& message) { return werkzeug("Unauthorized", 401, message); }

OdooId user_of(OdooStore const& store, std::string_view authorization) {
    constexpr std::string_view scheme = "bearer ";
    if (!python::lower(authorization).starts_with(scheme)) {
        throw unauthorized("User not authenticated, use an API Key with a Bearer Authorization header.");
    }
    OdooId const uid = user_of_api_key(store, python::strip(authorization.substr(scheme.size())));
    if (uid == 0) throw unauthorized("Invalid apikey");
    return uid;
}

/// Returns the arguments in the body; none if it is not an object.
json named_arguments(std::string const& body) {
    if (body.empty()) return json::object();
    auto parsed = python::loads(body);
    if (!parsed) throw werkzeug("BadRequest", 400, "could not parse the body as json: Expecting value");
    return parsed->is_object() ? std::move(*parsed) : json::object();
}

int status_of(std::string const& name) {
    static constexpr std::pair<std::string_view, int> statuses[]{
        {"odoo.exceptions.AccessDenied", 403},   {"odoo.exceptions.AccessError", 403},
        {"odoo.exceptions.MissingError", 404},   {"odoo.exceptions.LockError", 409},
        {"odoo.exceptions.UserError", 422},      {"odoo.exceptions.ValidationError", 422},
        {"werkzeug.exceptions.BadRequest", 400}, {"werkzeug.exceptions.Unauthorized", 401},
        {"werkzeug.exceptions.NotFound", 404},   {"werkzeug.exceptions.UnprocessableEntity", 422},
    };
    auto const known = std::ranges::find(statuses, name, &std::pair<std::string_view, int>::first);
    return known == std::end(statuses) ? 500 : known->second;
}

}  // namespace

bool is_json2(std::string_view path) noexcept {
    return path == root || (path.starts_with(root) && path[root.size()] == '/');
}

Json2Call json2_call(OdooStore const& store, HttpRequest const& request, std::string_view path) {
    Json2Call call;
    path.remove_prefix(std::min(path.size(), root.size() + 1));
    auto const slash = path.find('/');
    bool const is_route = slash != std::string_view::npos && path.find('/', slash + 1) == std::string_view::npos;
    if (!is_route || request.method != "POST") {
        throw werkzeug("NotFound", 404, "Did you mean POST /json/2/<model>/<method>?");
    }
    call.model = path.substr(0, slash);
    call.method = path.substr(slash + 1);
    call.uid = user_of(store, find_header(request.headers, "Authorization"));
    call.named = named_arguments(request.body);
    return call;
}

std::set<std::string> carried_external_ids(Json2Call const& call) {
    if (call.method != "load") return {};
    return external_ids_in_load(call.named.value("fields", json()), call.named.value("data", json()));
}

json carry_out(OdooStore& store, Json2Call const& call) {
    if (!store.find_model(call.model)) {
        throw werkzeug("NotFound", 404, "the model '" + call.model + "' does not exist");
    }
    OdooTransaction transaction{store};
    store.act_as(call.uid);
    try {
        json result = call_method_by_name(store, call.uid, call.model, call.method, call.named);
        transaction.commit();
        return result;
    } catch (IntegrityError const& error) {
        throw operation_refused(error);
    } catch (OdooException const& error) {
        if (error.name() == "builtins.AttributeError") throw werkzeug("NotFound", 404, error.what());
        throw;
    } catch (UnusableArguments const& error) {
        throw werkzeug("UnprocessableEntity", 422, error.what());
    }
}

HttpResponse json2_result(json const& result) {
    HttpResponse response = json_response(python::dumps(result));
    response.headers.add("X-Content-Type-Options", "nosniff");
    return response;
}

HttpResponse json2_error(OdooException const& error) {
    HttpResponse response = json_response(python::dumps(exception_data(error)));
    response.status = status_of(error.name());
    if (response.status == 401) response.headers.add("WWW-Authenticate", "Bearer ");
    return response;
}

}  // namespace zenoo_rpc::testing
