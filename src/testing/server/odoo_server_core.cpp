// SPDX-License-Identifier: BSL-1.0
#include "testing/python/python_errors.hpp"
#include "testing/python/python_json.hpp"
#include "testing/server/fault_effects.hpp"
#include "testing/server/http_responses.hpp"
#include "testing/server/json2_call.hpp"
#include "testing/server/json_rpc_call.hpp"
#include "testing/server/json_rpc_responses.hpp"
#include "testing/server/odoo_services.hpp"

#include <zenoo_rpc/testing/odoo_exception.hpp>
#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <nlohmann/json.hpp>

#include <functional>
#include <set>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

std::string_view path_of(std::string_view target) {
    std::string_view path = target.substr(0, target.find('?'));
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    return path;
}

bool is_json(std::string_view content_type) {
    std::string const type = python::lower(python::strip(content_type.substr(0, content_type.find(';'))));
    return type == "application/json" || type == "application/json-rpc";
}

HttpResponse no_envelope(bool is_json) { return bad_request(is_json ? "Invalid JSON-RPC data" : "Invalid JSON data"); }

/// Handles one request.
struct RequestHandler {
    OdooStore& store;
    std::string const& database;
    OdooStats& stats;  ///< counters to update
    HttpRequest const& request;
    Fault const& fault;

    HttpResponse respond();

private:
    HttpResponse respond_to_call();
    HttpResponse respond_to_json2();
    HttpResponse respond_to_web();
    HttpResponse carry_out(std::set<std::string> const& external_ids, std::function<HttpResponse()> const& work);
    HttpResponse not_json(JsonRoute const& route) const;
};

HttpResponse RequestHandler::respond() {
    std::string_view const path = path_of(request.target);
    bool const is_19 = store.dialect() == OdooDialect::odoo19;
    if (path == "/jsonrpc") return respond_to_call();
    if (is_19 && is_json2(path)) return respond_to_json2();
    if (path == "/web/webclient/version_info" || path == "/web/database/list") return respond_to_web();
    if (request.method == "GET") {
        if (path == "/web/health") {
            bool const asks_for_database = is_19 && request.target.find("db_server_status=") != std::string::npos;
            return asks_for_database ? database_health_response(fault.kind != FaultKind::database_down)
                                     : health_response();
        }
        if (is_19 && (path == "/web/version" || path == "/json/version")) {
            return json_response(R"({"version_info": [19, 0, 0, "final", 0, ""], "version": "19.0"})");
        }
    }
    return not_found();
}

HttpResponse RequestHandler::not_json(JsonRoute const& route) const {
    if (store.dialect() == OdooDialect::odoo16) return incompatible_request(route.path);
    return unsupported_media_type(!request.body.empty(), route);
}

/// Runs `work` if the fault allows it. Returns its response, or that of the proxy in front of the server.
HttpResponse RequestHandler::carry_out(std::set<std::string> const& external_ids,
                                       std::function<HttpResponse()> const& work) {
    if (fails_before_dispatch(fault.kind, store.dialect())) return internal_server_error();
    int const gateway = gateway_status(fault.kind);
    bool const has_database = access_during(fault.kind) == DatabaseAccess::open;
    if (has_database && !fault.executes) return gateway_page(gateway);
    if (has_database) {
        ++stats.executed;
        for (std::string const& id : external_ids) ++stats.external_ids[id].executed;
    }
    HttpResponse response = work();
    return gateway != 0 ? gateway_page(gateway) : response;
}

HttpResponse RequestHandler::respond_to_call() {
    ++stats.requests;
    OdooDialect const dialect = store.dialect();
    if (!is_json(find_header(request.headers, "Content-Type"))) return not_json({"/jsonrpc", "jsonrpc"});
    auto const body = python::loads(request.body);
    if (!body || !body->is_object()) return no_envelope(body.has_value());

    json const id = body->value("id", json());
    auto const enveloped = [&](auto const& work) -> HttpResponse {
        try {
            return work();
        } catch (OdooException const& error) {
            return error_response(id, error, dialect);
        } catch (json::exception const& error) {  // an argument of an unexpected type: a TypeError in Python
            return error_response(id, python::type_error(error.what()), dialect);
        }
    };
    return enveloped([&]() -> HttpResponse {
        JsonRpcCall const call = json_rpc_call(*body, dialect);
        auto const external_ids = carried_external_ids(call);
        for (std::string const& each : external_ids) ++stats.external_ids[each].sent;
        if (auto const reason = conflict(fault.kind)) {
            if (!is_load(call) || !shows_in_result(fault.kind)) throw *reason;
            return result_response(id, refusal_of_load(*reason), dialect);
        }
        auto const work = [&] {
            OdooServices services{store, database, access_during(fault.kind)};
            return result_response(id, services.call(call.service, call.method, call.args), dialect);
        };
        return carry_out(external_ids, [&] { return enveloped(work); });
    });
}

HttpResponse RequestHandler::respond_to_json2() {
    ++stats.requests;
    auto const wanted = find_header(request.headers, "X-Odoo-Database");
    bool const is_here = wanted.empty() || wanted == database;
    if (!is_here || fault.kind == FaultKind::database_down) return no_database_selected();
    bool const wants_json = request.method == "POST";
    if (wants_json && !is_json(find_header(request.headers, "Content-Type"))) {
        return not_json({"/json/2/&lt;__model__&gt;/&lt;__method__&gt;", "json2"});
    }
    try {
        Json2Call const call = json2_call(store, request, path_of(request.target));
        auto const external_ids = carried_external_ids(call);
        for (std::string const& id : external_ids) ++stats.external_ids[id].sent;
        if (auto const reason = conflict(fault.kind)) {
            if (call.method != "load" || !shows_in_result(fault.kind)) throw *reason;
            return json2_result(refusal_of_load(*reason));
        }
        return carry_out(external_ids, [&]() -> HttpResponse {
            try {
                return json2_result(testing::carry_out(store, call));
            } catch (OdooException const& error) {
                return json2_error(error);
            } catch (json::exception const& error) {
                return json2_error(python::type_error(error.what()));
            }
        });
    } catch (OdooException const& error) {
        return json2_error(error);
    }
}

HttpResponse RequestHandler::respond_to_web() {
    OdooDialect const dialect = store.dialect();
    std::string const path{path_of(request.target)};
    if (!is_json(find_header(request.headers, "Content-Type"))) return not_json({path, "jsonrpc"});
    auto const body = python::loads(request.body);
    if (!body || !body->is_object()) return no_envelope(body.has_value());
    int const gateway = gateway_status(fault.kind);
    if (gateway != 0) return gateway_page(gateway);
    if (fails_before_dispatch(fault.kind, dialect)) return internal_server_error();
    json const id = body->value("id", json());
    if (path == "/web/webclient/version_info") return result_response(id, server_version(dialect), dialect);
    try {
        OdooServices services{store, database, access_during(fault.kind)};
        return result_response(id, services.call("db", "list", json::array()), dialect);
    } catch (OdooException const& error) {
        return error_response(id, error, dialect);
    }
}

}  // namespace

OdooServerCore::OdooServerCore(OdooStore store, std::string database, OdooDialect dialect)
    : store_{std::move(store)}, database_{std::move(database)} {
    store_.dialect_ = dialect;
    store_.on_commit([this](std::vector<OdooChange> const& changes) { count_committed(changes); });
}

HttpResponse OdooServerCore::respond(HttpRequest const& request, Fault const& fault) {
    bool const asks_for_stats = request.method == "GET" && path_of(request.target) == "/stats";
    if (asks_for_stats) return json_response(json(stats()).dump(1) + "\n");
    return RequestHandler{store_, database_, stats_, request, fault}.respond();
}

OdooStats OdooServerCore::stats() const {
    OdooStats stats = stats_;
    stats.faults = faults_.injected();
    for (std::size_t i = 1; i < fault_kinds; ++i) {
        auto const kind = static_cast<FaultKind>(i);
        if (faults_.injected(kind) != 0) stats.faults_by_kind.emplace(to_string(kind), faults_.injected(kind));
    }
    return stats;
}

void OdooServerCore::count_committed(std::vector<OdooChange> const& changes) {
    std::set<std::pair<std::string, OdooId>> created;
    for (OdooChange const& change : changes) {
        if (change.before || !change.after) continue;
        if (change.model != detail::external_id_model) {
            created.emplace(change.model, change.id);
            ++stats_.created[change.model];
            continue;
        }
        auto const& name = *change.after;
        std::pair const target{value_of(name, "model").get<std::string>(), value_of(name, "res_id").get<OdooId>()};
        if (!created.contains(target)) continue;
        ++stats_.external_ids[detail::external_id_of(name)].committed;
    }
}

}  // namespace zenoo_rpc::testing
