// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/ask.hpp"

#include "odoo/session/call_failures.hpp"
#include "odoo/session/typed_response.hpp"

#include <exception>
#include <utility>

namespace zenoo_rpc::detail {

using nlohmann::json;

template <class T>
asio::awaitable<Result<T>> ask(CallScope scope, std::string model, std::string method, json args, json kwargs,
                               CallOptions options) {
    Failure failure;
    try {
        Call call = call_of(scope, model, method, args, kwargs, options);
        call.expects = expectation_of<T>;
        args = nullptr;  // encoded, and perhaps large
        Result<json> result = co_await scope.core->run(call);
        co_return typed<T>(call.name, std::move(result));
    } catch (std::exception const& error) {
        failure = not_sent(error);
    }
    co_return failure;
}

template asio::awaitable<Result<json>> ask(CallScope, std::string, std::string, json, json, CallOptions);
template asio::awaitable<Result<std::vector<RecordId>>> ask(CallScope, std::string, std::string, json, json,
                                                            CallOptions);

}  // namespace zenoo_rpc::detail
