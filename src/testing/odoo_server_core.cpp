// SPDX-License-Identifier: BSL-1.0
#include "http_answers.hpp"
#include "json_rpc_answers.hpp"
#include "odoo_services.hpp"
#include "orm_load.hpp"
#include "python_json.hpp"
#include "python_signature.hpp"
#include "python_text.hpp"

#include <zenoo_rpc/testing/odoo_exception.hpp>
#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
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
        throw OdooException("builtins.ValueError", "dictionary update sequence element #0 has length "
                                                       + std::to_string(params[0].get_ref<std::string const&>().size())
                                                       + "; 2 is required");
    }
    if (!python::truth(params)) return json::object();
    throw OdooException("builtins.TypeError", "cannot convert dictionary update sequence element #0 to a sequence");
}

void read_params(Call& call, json const& body) {
    json const params = params_of(body);
    python::Signature{"JSONRPC.jsonrpc", {{"service", true}, {"method", true}, {"args", true}}, 1}.require(params);
    call.service = python::str(params.at("service"));
    call.method = python::str(params.at("method"));
    if (params.at("args").is_array()) call.args = params.at("args");
}

bool is_load(Call const& call) { return call.service == "object" && call.args.size() >= 5 && call.args[4] == "load"; }

std::set<std::string> carried_external_ids(Call const& call) {
    std::set<std::string> ids;
    if (!is_load(call)) return ids;
    ObjectCall const load = object_call(call.method, call.args);
    auto const argument = [&](std::size_t position, char const* name) {
        return load.args.is_array() && position < load.args.size() ? load.args[position]
                                                                   : load.kwargs.value(name, json());
    };
    json const fields = argument(0, "fields");
    json const rows = argument(1, "data");
    auto const column = std::ranges::find(fields, json("id"));
    if (!fields.is_array() || !rows.is_array() || column == fields.end()) return ids;
    auto const index = static_cast<std::size_t>(std::distance(fields.begin(), column));
    for (auto const& row : rows) {
        if (!row.is_array() || index >= row.size() || !row[index].is_string()) continue;
        if (auto const& id = row[index].get_ref<std::string const&>(); !id.empty()) ids.insert(full_external_id(id));
    }
    return ids;
}

OdooException serialization_failure() {
    return {"psycopg2.errors.SerializationFailure", "could not serialize access due to concurrent update\n"};
}

json load_conflict() {
    json const message = {{"rows", {{"from", 0}, {"to", 0}}},
                          {"record", 0},
                          {"type", "error"},
                          {"message", "could not serialize access due to concurrent update\n"}};
    return {{"ids", false}, {"messages", json::array({message})}, {"nextrow", 0}};
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

OdooServerCore::OdooServerCore(OdooStore store, std::string database)
    : store_(std::move(store)), database_(std::move(database)) {
    store_.on_commit([this](std::vector<OdooChange> const& changes) { count_committed(changes); });
}

HttpResponse OdooServerCore::answer(HttpRequest const& request, Fault const& fault) {
    std::string_view const path = path_of(request.target);
    if (path == "/jsonrpc") return answer_call(request, fault);
    if (request.method == "GET") {
        if (path == "/stats") return json_answer(json(stats()).dump(1) + "\n");
        if (path == "/web/health") {
            bool const asks_for_database = request.target.find("db_server_status=") != std::string::npos;
            return asks_for_database ? database_health_answer(fault.kind != FaultKind::database_down) : health_answer();
        }
        if (path == "/web/version" || path == "/json/version") {
            return json_answer(R"({"version_info": [19, 0, 0, "final", 0, ""], "version": "19.0"})");
        }
    }
    return not_found();
}

HttpResponse OdooServerCore::answer_call(HttpRequest const& request, Fault const& fault) {
    ++stats_.requests;
    int const gateway = gateway_status(fault.kind);
    if (!is_json(find_header(request.headers, "Content-Type"))) return unsupported_media_type(!request.body.empty());
    auto const body = python::loads(request.body);
    if (!body) return bad_request("Invalid JSON data");
    if (!body->is_object()) return bad_request("Invalid JSON-RPC data");

    Call call{body->value("id", json())};
    try {
        read_params(call, *body);
        auto const external_ids = carried_external_ids(call);
        for (std::string const& id : external_ids) ++stats_.external_ids[id].sent;
        if (fault.kind == FaultKind::serialization_failure) throw serialization_failure();
        if (fault.kind == FaultKind::load_conflict) {
            if (!is_load(call)) throw serialization_failure();
            return result_answer(call.id, load_conflict());
        }
        bool const database_up = fault.kind != FaultKind::database_down;
        if (database_up && !fault.executes) return gateway_page(gateway);
        if (database_up) {
            ++stats_.executed;
            for (std::string const& id : external_ids) ++stats_.external_ids[id].executed;
        }
        OdooServices services{store_, database_, database_up};
        json const result = services.call(call.service, call.method, call.args);
        return gateway != 0 ? gateway_page(gateway) : result_answer(call.id, result);
    } catch (OdooException const& error) {
        return gateway != 0 ? gateway_page(gateway) : error_answer(call.id, error);
    } catch (json::exception const& error) {  // an argument of a kind nobody expected, as Python would find out
        return gateway != 0 ? gateway_page(gateway) : error_answer(call.id, {"builtins.TypeError", error.what()});
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
        std::pair const target(value_of(name, "model").get<std::string>(), value_of(name, "res_id").get<OdooId>());
        if (!created.contains(target)) continue;
        ++stats_.external_ids[python::str(value_of(name, "module")) + "." + python::str(value_of(name, "name"))]
              .committed;
    }
}

}  // namespace zenoo_rpc::testing
