// SPDX-License-Identifier: BSL-1.0
// A stream of pages takes the memory of one page, whatever their number.
#include "support/catch.hpp"
#include "support/own_allocator.hpp"

#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/testing/virtual_world.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#if ZENOO_RPC_OWN_ALLOCATOR

#include "support/allocation_counter.hpp"

using namespace zenoo_rpc;
using nlohmann::json;
using tests::live_bytes;
using tests::most_live_bytes;

namespace {

/// A server with records of the ids 1 to `records`; user 2 may log in.
class LongTable final : public Transport {
public:
    explicit LongTable(RecordId records) : records_{records} {}

    asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request) override {
        auto const body = json::parse(request.body);
        json response{{"id", body["id"]}, {"result", 2}};
        if (body["params"]["service"] == "object") response["result"] = page(body["params"]["args"]);
        co_return HttpResponse{200, {{"Content-Type", "application/json"}}, response.dump()};
    }

private:
    json page(json const& args) const {
        auto const& domain = args[5][0];
        RecordId const last = domain.empty() ? 0 : domain[0][2].get<RecordId>();
        RecordId const end = std::min(records_, last + args[6]["limit"].get<RecordId>());
        auto rows = json::array();
        for (auto id = last + 1; id <= end; ++id) rows.push_back({{"id", id}, {"name", std::string(100, 'x')}});
        return rows;
    }

    RecordId records_;
};

struct Partner {
    RecordId id = 0;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Partner, (), (id, name))

PageStream<Partner> typed(ZenooClient& client) { return client.stream<Partner>("res.partner", {}, 100); }
PageStream<json> untyped(ZenooClient& client) { return client.stream("res.partner", {}, {}, 100); }

/// Peak memory, in bytes above the start, while `records` records are read in pages of a hundred.
template <class Stream>
long most_memory_of(RecordId records, Stream (*open)(ZenooClient&)) {
    testing::VirtualWorld world;
    ZenooClient client{world.io.get_executor(), std::make_shared<LongTable>(records), {.user_context = false}};
    world.run(client.login("shop", "admin", "sesame"));
    auto const before = live_bytes;
    most_live_bytes = live_bytes;
    auto work = [&]() -> asio::awaitable<std::size_t> {
        std::size_t count = 0;
        auto stream = open(client);
        while (auto const page = co_await stream.next()) count += page->size();
        co_return count;
    };
    CHECK(world.run(work()).value == static_cast<std::size_t>(records));
    return most_live_bytes - before;
}

}  // namespace

TEST_CASE("a hundred pages take no more memory than two") {
    CHECK(most_memory_of(10'000, typed) < most_memory_of(200, typed) * 11 / 10);
    CHECK(most_memory_of(10'000, untyped) < most_memory_of(200, untyped) * 11 / 10);
}

#else

TEST_CASE("memory is measured only if the program has its own allocator") { SUCCEED(); }

#endif
