// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/load_external_ids.hpp"
#include "testing/python/python_json.hpp"
#include "testing/python/python_signature.hpp"
#include "testing/python/python_text.hpp"
#include "testing/server/http_answers.hpp"
#include "testing/server/json2_call.hpp"
#include "testing/server/json_rpc_answers.hpp"
#include "testing/server/odoo_services.hpp"

#include <zenoo_rpc/testing/odoo_exception.hpp>
#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

/// What `JSONRPC.jsonrpc(service, method, args)` was called with.
struct Call {
    json id{};
    std::string service{};
    std::string method{};
    json args = json::array();
};

std::string_view path_of(std::string_view target) {
    std::string_view path = target.substr(0, target.find('?'));
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    return path;
}

bool is_json(std::string_view content_type) {
    std::string const type = python::lower(python::strip(content_type.substr(0, content_type.find(';'))));
    return type == "application/json" || type == "application/json-rpc";
}

/// Python makes a dict of the params, whatever they are.
json params_of(json const& body) {
    json params = body.value("params", json::object());
    if (params.is_object()) return params;
    if (params.is_array() && !params.empty() && params[0].is_string()) {
        throw OdooException{"builtins.ValueError", "dictionary update sequence element #0 has length "
                                                       + std::to_string(params[0].get_ref<std::string const&>().size())
                                                       + "; 2 is required"};
    }
    if (!python::truth(params)) return json::object();
    throw OdooException{"builtins.TypeError", "cannot convert dictionary update sequence element #0 to a sequence"};
}

void read_params(Call& call, json const& body, OdooDialect dialect) {
    json const params = params_of(body);
    char const* const function = dialect == OdooDialect::odoo16 ? "RPC.jsonrpc" : "JSONRPC.jsonrpc";
    python::Signature{function, {{"service", true}, {"method", true}, {"args", true}}, 1}.require(params);
    call.service = python::str(params.at("service"));
    call.method = python::str(params.at("method"));
    if (params.at("args").is_array()) call.args = params.at("args");
}

bool is_load(Call const& call) { return call.service == "object" && call.args.size() >= 5 && call.args[4] == "load"; }

std::set<std::string> carried_external_ids(Call const& call) {
    if (!is_load(call)) return {};
    ObjectCall const load = object_call(call.method, call.args);
    auto const argument = [&](std::size_t position, char const* name) {
        return load.args.is_array() && position < load.args.size() ? load.args[position]
                                                                   : load.kwargs.value(name, json());
    };
    return external_ids_in_load(argument(0, "fields"), argument(1, "data"));
}

/// What PostgreSQL says of another transaction that is in the way; nothing if none is.
std::optional<OdooException> conflict(FaultKind kind) {
    switch (kind) {
        case FaultKind::serialization_failure:
        case FaultKind::load_conflict:
            return OdooException{"psycopg2.errors.SerializationFailure",
                                 "could not serialize access due to concurrent update\n"};
        case FaultKind::lock_timeout:
            return OdooException{"psycopg2.errors.LockNotAvailable", "canceling statement due to lock timeout\n"};
        default: return std::nullopt;
    }
}

/// `load` tells of a conflict in its result, unless it came with the COMMIT.
bool shows_in_result(FaultKind kind) { return kind != FaultKind::serialization_failure; }

json refusal_of_load(OdooException const& reason) {
    json const message = {
        {"rows", {{"from", 0}, {"to", 0}}}, {"record", 0}, {"type", "error"}, {"message", reason.what()}};
    return {{"ids", false}, {"messages", json::array({message})}, {"nextrow", 0}};
}

DatabaseAccess access_during(FaultKind kind) {
    switch (kind) {
        case FaultKind::database_down: return DatabaseAccess::down;
        case FaultKind::pool_full: return DatabaseAccess::pool_full;
        default: return DatabaseAccess::open;
    }
}

/// Without a connection for the request itself nobody is asked what it wants.
bool fails_before_dispatch(FaultKind kind, OdooDialect dialect) {
    bool const is_19 = dialect == OdooDialect::odoo19;
    return kind == FaultKind::pool_full_page || (kind == FaultKind::pool_full && is_19);
}

int gateway_status(FaultKind kind) {
    switch (kind) {
        case FaultKind::bad_gateway: return 502;
        case FaultKind::service_unavailable: return 503;
        case FaultKind::gateway_timeout: return 504;
        default: return 0;
    }
}

}  // namespace

OdooServerCore::OdooServerCore(OdooStore store, std::string database, OdooDialect dialect)
    : store_{std::move(store)}, database_{std::move(database)} {
    store_.dialect(dialect);
    store_.on_commit([this](std::vector<OdooChange> const& changes) { count_committed(changes); });
}

HttpResponse OdooServerCore::answer(HttpRequest const& request, Fault const& fault) {
    std::string_view const path = path_of(request.target);
    bool const is_19 = store_.dialect() == OdooDialect::odoo19;
    if (path == "/jsonrpc") return answer_call(request, fault);
    if (is_19 && is_json2(path)) return answer_json2(request, fault);
    if (path == "/web/webclient/version_info" || path == "/web/database/list") return answer_web(request, fault);
    if (request.method == "GET") {
        if (path == "/stats") return json_answer(json(stats()).dump(1) + "\n");
        if (path == "/web/health") {
            bool const asks_for_database = is_19 && request.target.find("db_server_status=") != std::string::npos;
            return asks_for_database ? database_health_answer(fault.kind != FaultKind::database_down) : health_answer();
        }
        if (is_19 && (path == "/web/version" || path == "/json/version")) {
            return json_answer(R"({"version_info": [19, 0, 0, "final", 0, ""], "version": "19.0"})");
        }
    }
    return not_found();
}

HttpResponse OdooServerCore::not_json(HttpRequest const& request, JsonRoute const& route) const {
    if (store_.dialect() == OdooDialect::odoo16) return incompatible_request(route.path);
    return unsupported_media_type(!request.body.empty(), route);
}

/// Runs `work` as the fault lets it: the answer is the result's, or the proxy's that stands before it.
HttpResponse OdooServerCore::carry_out(Fault const& fault, std::set<std::string> const& external_ids,
                                       std::function<HttpResponse()> const& work) {
    if (fails_before_dispatch(fault.kind, store_.dialect())) return internal_server_error();
    int const gateway = gateway_status(fault.kind);
    bool const has_database = access_during(fault.kind) == DatabaseAccess::open;
    if (has_database && !fault.executes) return gateway_page(gateway);
    if (has_database) {
        ++stats_.executed;
        for (std::string const& id : external_ids) ++stats_.external_ids[id].executed;
    }
    HttpResponse response = work();
    return gateway != 0 ? gateway_page(gateway) : response;
}

HttpResponse OdooServerCore::answer_call(HttpRequest const& request, Fault const& fault) {
    ++stats_.requests;
    OdooDialect const dialect = store_.dialect();
    if (!is_json(find_header(request.headers, "Content-Type"))) return not_json(request, {"/jsonrpc", "jsonrpc"});
    auto const body = python::loads(request.body);
    if (!body) return bad_request("Invalid JSON data");
    if (!body->is_object()) return bad_request("Invalid JSON-RPC data");

    Call call{body->value("id", json())};
    auto const work = [&]() -> HttpResponse {
        try {
            OdooServices services{store_, database_, access_during(fault.kind)};
            return result_answer(call.id, services.call(call.service, call.method, call.args), dialect);
        } catch (OdooException const& error) {
            return error_answer(call.id, error, dialect);
        } catch (json::exception const& error) {  // an argument of a kind nobody expected, as Python would find out
            return error_answer(call.id, {"builtins.TypeError", error.what()}, dialect);
        }
    };
    try {
        read_params(call, *body, dialect);
        auto const external_ids = carried_external_ids(call);
        for (std::string const& id : external_ids) ++stats_.external_ids[id].sent;
        if (auto const reason = conflict(fault.kind)) {
            if (!is_load(call) || !shows_in_result(fault.kind)) throw *reason;
            return result_answer(call.id, refusal_of_load(*reason), dialect);
        }
        return carry_out(fault, external_ids, work);
    } catch (OdooException const& error) {
        return error_answer(call.id, error, dialect);
    } catch (json::exception const& error) {
        return error_answer(call.id, {"builtins.TypeError", error.what()}, dialect);
    }
}

HttpResponse OdooServerCore::answer_json2(HttpRequest const& request, Fault const& fault) {
    ++stats_.requests;
    auto const wanted = find_header(request.headers, "X-Odoo-Database");
    bool const is_here = wanted.empty() || wanted == database_;
    if (!is_here || fault.kind == FaultKind::database_down) return no_database_selected();
    bool const wants_json = request.method == "POST";
    if (wants_json && !is_json(find_header(request.headers, "Content-Type"))) {
        return not_json(request, {"/json/2/&lt;__model__&gt;/&lt;__method__&gt;", "json2"});
    }
    try {
        Json2Call const call = json2_call(store_, request, path_of(request.target));
        bool const loads = call.method == "load";
        auto const external_ids =
            loads ? external_ids_in_load(call.named.value("fields", json()), call.named.value("data", json()))
                  : std::set<std::string>{};
        for (std::string const& id : external_ids) ++stats_.external_ids[id].sent;
        if (auto const reason = conflict(fault.kind)) {
            if (!loads || !shows_in_result(fault.kind)) throw *reason;
            return json2_result(refusal_of_load(*reason));
        }
        return carry_out(fault, external_ids, [&]() -> HttpResponse {
            try {
                return json2_result(testing::carry_out(store_, call));
            } catch (OdooException const& error) {
                return json2_error(error);
            } catch (json::exception const& error) {
                return json2_error({"builtins.TypeError", error.what()});
            }
        });
    } catch (OdooException const& error) {
        return json2_error(error);
    }
}

HttpResponse OdooServerCore::answer_web(HttpRequest const& request, Fault const& fault) {
    OdooDialect const dialect = store_.dialect();
    std::string const path{path_of(request.target)};
    if (!is_json(find_header(request.headers, "Content-Type"))) return not_json(request, {path, "jsonrpc"});
    auto const body = python::loads(request.body);
    if (!body) return bad_request("Invalid JSON data");
    if (!body->is_object()) return bad_request("Invalid JSON-RPC data");
    int const gateway = gateway_status(fault.kind);
    if (gateway != 0) return gateway_page(gateway);
    if (fails_before_dispatch(fault.kind, dialect)) return internal_server_error();
    json const id = body->value("id", json());
    if (path == "/web/webclient/version_info") return result_answer(id, server_version(dialect), dialect);
    try {
        OdooServices services{store_, database_, access_during(fault.kind)};
        return result_answer(id, services.call("db", "list", json::array()), dialect);
    } catch (OdooException const& error) {
        return error_answer(id, error, dialect);
    }
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
        if (change.model != "ir.model.data") {
            created.emplace(change.model, change.id);
            ++stats_.created[change.model];
            continue;
        }
        auto const& name = *change.after;
        std::pair const target{value_of(name, "model").get<std::string>(), value_of(name, "res_id").get<OdooId>()};
        if (!created.contains(target)) continue;
        ++stats_.external_ids[python::str(value_of(name, "module")) + "." + python::str(value_of(name, "name"))]
              .committed;
    }
}

}  // namespace zenoo_rpc::testing
