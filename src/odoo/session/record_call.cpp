// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/record_call.hpp"

#include "odoo/session/outcome.hpp"
#include "odoo/session/typed_answer.hpp"

#include <exception>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

template <class Answer>
struct AnswerOf {
    using Value = Answer;
    static Answer give(Result<Answer> result) { return std::move(result).value(); }
};
template <class T>
struct AnswerOf<Result<T>> {
    using Value = T;
    static Result<T> give(Result<T> result) { return result; }
};

}  // namespace

template <class Answer>
asio::awaitable<Answer> send_record(Way way, std::string model, std::optional<RecordIds> ids, Values record,
                                    CallOptions options) {
    using Of = AnswerOf<Answer>;
    Result<typename Of::Value> answer;
    try {
        Call call = call_of(way, model, ids ? &*ids : nullptr, record, options);
        call.expects = expectation_of<typename Of::Value>;
        record = {};  // encoded, and perhaps large
        Result<nlohmann::json> result = co_await way.core->run(call);
        answer = typed<typename Of::Value>(call.name, std::move(result));
    } catch (std::exception const& error) {
        answer = not_sent(error);
    }
    co_return Of::give(std::move(answer));
}

template asio::awaitable<RecordId> send_record(Way, std::string, std::optional<RecordIds>, Values, CallOptions);
template asio::awaitable<Result<RecordId>> send_record(Way, std::string, std::optional<RecordIds>, Values, CallOptions);
template asio::awaitable<void> send_record(Way, std::string, std::optional<RecordIds>, Values, CallOptions);
template asio::awaitable<Result<void>> send_record(Way, std::string, std::optional<RecordIds>, Values, CallOptions);

}  // namespace zenoo_rpc::detail
