// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/call_result.hpp"

#include "odoo/session/call_failures.hpp"
#include "odoo/session/typed_response.hpp"
#include "odoo/wire/classify.hpp"
#include "odoo/wire/classify_load.hpp"

#include <exception>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

/// Checks for a failed `load`, which reports errors in its result where other methods raise them.
bool loaded_nothing(Call const& call, json const& result) {
    return call.method == "load" && result.is_object() && result.contains("ids") && result["ids"] == false;
}

Result<json> read_response(HttpResponse const& response, Call const& call, std::int64_t id,
                           TracebackObserver const* on_traceback) {
    AskedCall asked{.id = id, .name = call.name, .method = call.method, .protocol = call.envelope.protocol()};
    asked.on_traceback = on_traceback;
    asked.rows = call.rows;
    if (call.credentials) {
        asked.uid = call.credentials->uid;
        asked.secret = call.credentials->secret->text();
    }
    Result<json> result = classify(response, asked);
    if (result && loaded_nothing(call, *result)) return classify_load(*result, asked, call.record).error();
    bool const unwraps = result && call.unwraps_one && result->is_array() && result->size() == 1;
    if (unwraps) return {boost::system::in_place_value, result->front()};
    return result;
}

}  // namespace

/// A request whose response cannot be read, even for lack of memory, has been sent all the same.
Result<json> result_of(Result<HttpResponse>& response, Call const& call, std::int64_t id,
                       TracebackObserver const* on_traceback) try {
    if (!response) return as_thrown(response.error(), response.error().delivery());
    if (call.page) {
        *call.page = std::move(*response);
        return {boost::system::in_place_value, nullptr};
    }
    Result<json> result = read_response(*response, call, id, on_traceback);
    if (result && call.expects && !call.expects(*result)) return unexpected_response(call.name);
    return result;
} catch (std::exception const& error) {
    Failure failure{std::current_exception(), error};
    failure.delivery(response ? Delivery::unknown : response.error().delivery());
    return failure;
}

}  // namespace zenoo_rpc::detail
