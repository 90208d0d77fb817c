// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/record_call.hpp"

#include "odoo/session/call_failures.hpp"
#include "odoo/session/typed_response.hpp"

#include <exception>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

template <class Return>
struct ReturnOf {
    using Value = Return;
    static Return give(Result<Return> result) { return std::move(result).value(); }
};
template <class T>
struct ReturnOf<Result<T>> {
    using Value = T;
    static Result<T> give(Result<T> result) { return result; }
};

}  // namespace

template <class Return>
asio::awaitable<Return> send_record(CallScope scope, std::string model, std::optional<RecordIds> ids, Values record,
                                    CallOptions options) {
    using Of = ReturnOf<Return>;
    Result<typename Of::Value> returned;
    try {
        Call call = call_of(scope, model, ids ? &*ids : nullptr, record, options);
        call.expects = expectation_of<typename Of::Value>;
        record = {};  // encoded, and perhaps large
        Result<nlohmann::json> result = co_await scope.core->run(call);
        returned = typed<typename Of::Value>(call.name, std::move(result));
    } catch (std::exception const& error) {
        returned = not_sent(error);
    }
    co_return Of::give(std::move(returned));
}

template asio::awaitable<RecordId> send_record(CallScope, std::string, std::optional<RecordIds>, Values, CallOptions);
template asio::awaitable<Result<RecordId>> send_record(CallScope, std::string, std::optional<RecordIds>, Values,
                                                       CallOptions);
template asio::awaitable<void> send_record(CallScope, std::string, std::optional<RecordIds>, Values, CallOptions);
template asio::awaitable<Result<void>> send_record(CallScope, std::string, std::optional<RecordIds>, Values,
                                                   CallOptions);

}  // namespace zenoo_rpc::detail
