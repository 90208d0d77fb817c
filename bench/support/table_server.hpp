// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BENCH_SUPPORT_TABLE_SERVER_HPP
#define ZENOO_RPC_BENCH_SUPPORT_TABLE_SERVER_HPP

#include "support/customers.hpp"

#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/odoo/transport.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace zenoo_rpc::bench {

/// An Odoo in memory with one table, whose ids begin at 1. The response to every search has the records behind the id
/// of its condition, up to its limit, from text that is prepared beforehand.
class TableServer final : public Transport {
public:
    TableServer(int records, std::string (*fields)(int)) {
        ends_.push_back(0);
        for (int number = 1; number <= records; ++number) {
            text_ += '{' + fields(number) + "}, ";
            ends_.push_back(text_.size());
        }
    }

    asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request) override {
        auto const body = nlohmann::json::parse(request.body);
        std::string response = R"({"jsonrpc": "2.0", "id": )" + body["id"].dump() + R"(, "result": )";
        auto const& params = body["params"];
        if (params["service"] == "object") {
            append_records(response, params["args"]);
        } else {
            response += "2}";
        }
        co_return HttpResponse{200, {{"Content-Type", "application/json; charset=utf-8"}}, std::move(response)};
    }

private:
    void append_records(std::string& response, nlohmann::json const& call) const {
        auto const& domain = call[5][0];
        auto const last = ends_.size() - 1;
        auto const first = domain.empty() ? std::size_t{0} : std::min(last, domain.back()[2].get<std::size_t>());
        auto const end = std::min(last, first + call[6].value("limit", last));
        auto const size = ends_[end] - ends_[first];
        response.reserve(response.size() + size + 3);
        response += '[';
        if (size > 0) response.append(text_, ends_[first], size - 2);  // without the last comma
        response += "]}";
    }

    std::string text_;
    std::vector<std::size_t> ends_;
};

/// A client that is logged in to a `TableServer`.
class TableClient {
public:
    TableClient(int records, std::string (*fields)(int))
        : client_{io_.get_executor(), std::make_shared<TableServer>(records, fields), {.user_context = false}} {
        run([this]() -> asio::awaitable<void> { co_await client_.login("shop", "admin", "sesame"); });
    }

    ZenooClient& client() { return client_; }

    template <class Work>
    void run(Work work) {
        asio::co_spawn(io_, work, [](std::exception_ptr error) {
            if (error) std::rethrow_exception(error);
        });
        io_.restart();
        io_.run();
    }

private:
    asio::io_context io_{1};
    ZenooClient client_;
};

}  // namespace zenoo_rpc::bench

#endif  // ZENOO_RPC_BENCH_SUPPORT_TABLE_SERVER_HPP
