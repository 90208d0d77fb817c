// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ODOO_SCRIPTED_TRANSPORT_HPP
#define ZENOO_RPC_TESTS_ODOO_SCRIPTED_TRANSPORT_HPP

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/core/exceptions.hpp>
#include <zenoo_rpc/odoo/transport.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <nlohmann/json.hpp>

#include <deque>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace zenoo_rpc::tests {

/// What becomes of one request, given its body.
using Fate = std::function<asio::awaitable<Result<HttpResponse>>(nlohmann::json const& body)>;

namespace fate {

inline HttpResponse json_response(nlohmann::json const& body) {
    return {200, {{"Content-Type", "application/json"}}, body.dump()};
}

inline Fate result(nlohmann::json value) {
    return [value](nlohmann::json const& body) -> asio::awaitable<Result<HttpResponse>> {
        nlohmann::json answer;
        answer["id"] = body["id"];
        answer["result"] = value;
        co_return json_response(answer);
    };
}

/// A method that returns None.
inline Fate none() {
    return [](nlohmann::json const& body) -> asio::awaitable<Result<HttpResponse>> {
        nlohmann::json answer;
        answer["id"] = body["id"];
        co_return json_response(answer);
    };
}

inline Fate error(std::string name, std::string message = "no") {
    return [name, message](nlohmann::json const& body) -> asio::awaitable<Result<HttpResponse>> {
        nlohmann::json answer;
        answer["id"] = body["id"];
        answer["error"]["data"]["name"] = name;
        answer["error"]["data"]["message"] = message;
        co_return json_response(answer);
    };
}

inline Fate status(int code) {
    return [code](nlohmann::json const&) -> asio::awaitable<Result<HttpResponse>> {
        HttpResponse response;
        response.status = code;
        co_return response;
    };
}

inline Fate failure(error_code code, Delivery delivery) {
    return [code, delivery](nlohmann::json const&) -> asio::awaitable<Result<HttpResponse>> {
        Failure why{code};
        why.delivery(delivery);
        co_return why;
    };
}
inline Fate refused() { return failure(make_error_code(asio::error::connection_refused), Delivery::not_sent); }
inline Fate lost() { return failure(make_error_code(asio::error::connection_reset), Delivery::unknown); }

/// Nothing happens until it is cancelled, at that stage.
inline Fate silence(Delivery delivery) {
    return [delivery](nlohmann::json const&) -> asio::awaitable<Result<HttpResponse>> {
        auto const executor = co_await asio::this_coro::executor;
        error_code interrupted;
        co_await async_sleep(executor, unlimited, asio::redirect_error(asio::use_awaitable, interrupted));
        Failure why{interrupted};
        why.delivery(delivery);
        co_return why;
    };
}

}  // namespace fate

/// A server that is nothing but a list of what befalls the requests to come.
class ScriptedTransport final : public Transport {
public:
    std::deque<Fate> fates;
    std::vector<HttpRequest> requests;

    nlohmann::json body(std::size_t index) const { return nlohmann::json::parse(requests.at(index).body); }
    nlohmann::json args(std::size_t index) const { return body(index)["params"]["args"]; }

    asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request) override {
        requests.push_back(request);
        if (fates.empty()) throw std::logic_error{"nobody expected this request: " + request.body};
        auto const fate = std::move(fates.front());
        fates.pop_front();
        auto const parsed = request.body.empty() ? nlohmann::json::object() : nlohmann::json::parse(request.body);
        Result<HttpResponse> answer = co_await fate(parsed);
        co_return answer;
    }
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ODOO_SCRIPTED_TRANSPORT_HPP
