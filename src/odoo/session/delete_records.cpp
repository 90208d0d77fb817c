// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/delete_records.hpp"

#include "odoo/session/as_result.hpp"
#include "odoo/session/call_failures.hpp"
#include "odoo/session/typed_response.hpp"

#include <zenoo_rpc/odoo/errors.hpp>

#include <utility>

namespace zenoo_rpc::detail {

using nlohmann::json;

namespace {

json ids_of(json const& args, json const& kwargs) {
    json ids = args.empty() ? kwargs.value("ids", json::array()) : args.front();
    return ids.is_array() ? ids : array_of(std::move(ids));
}

asio::awaitable<Result<void>> without_value(std::string call, asio::awaitable<Result<json>> work) {
    Result<json> result = co_await std::move(work);
    co_return typed<void>(call, std::move(result));
}

}  // namespace

asio::awaitable<Result<json>> delete_records(CallScope scope, std::string model, json args, json kwargs,
                                             CallOptions options) {
    Call call = call_of(scope, model, "unlink", args, kwargs, options);
    Result<json> deleted = co_await scope.core->run(call);
    bool const may_be_done = !deleted && call.may_be_done && deleted.error().is<MissingError>();
    if (!may_be_done) co_return deleted;

    // Either an earlier attempt deleted all, or one of many records is missing, or a record that depends on them.
    json ids = ids_of(args, kwargs);
    kwargs.erase("ids");
    kwargs["context"]["active_test"] = false;
    args = array_of(json::array({json::array({"id", "in", std::move(ids)})}));
    Result<json> const left =
        co_await execute(scope, model, "search", std::move(args), std::move(kwargs), limit_of(options));
    if (!left) co_return as_thrown(left.error(), Delivery::unknown);
    if (left->is_array() && left->empty()) co_return Result<json>{boost::system::in_place_value, true};
    co_return deleted;
}

asio::awaitable<Result<void>> delete_records(CallScope scope, std::string model, RecordIds ids, CallOptions options) {
    auto name = model + ".unlink";
    auto work =
        delete_records(std::move(scope), std::move(model), array_of(ids.list()), json::object(), std::move(options));
    return as_result(without_value(std::move(name), std::move(work)));
}

}  // namespace zenoo_rpc::detail
