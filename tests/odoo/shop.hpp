// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ODOO_SHOP_HPP
#define ZENOO_RPC_TESTS_ODOO_SHOP_HPP

#include "scripted_transport.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/odoo/import_record.hpp>
#include <zenoo_rpc/testing/simulated_transport.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace zenoo_rpc::tests {

/// The line to a simulated Odoo, on which calls of `load` are watched and may be tampered with.
class WatchedTransport final : public Transport {
public:
    using Rows = nlohmann::json;

    WatchedTransport(testing::OdooServerCore& odoo, Duration latency) : line_{odoo, latency} {}

    /// What happens instead to a call of `load` with these rows; null: nothing.
    std::function<Fate(Rows const&)> instead;
    std::vector<std::size_t> loads;  ///< the rows of each call
    int most_at_a_time = 0;

    asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request) override {
        auto const body = nlohmann::json::parse(request.body, nullptr, false);
        auto const args = body.is_object() ? body.value("/params/args"_json_pointer, nlohmann::json()) : body;
        if (!args.is_array() || args.size() < 6 || args[4] != "load") {
            Result<HttpResponse> answer = co_await line_.exchange(std::move(request));
            co_return answer;
        }
        Rows const& rows = args[5][1];
        loads.push_back(rows.size());
        most_at_a_time = std::max(most_at_a_time, ++at_a_time_);
        struct Leave {
            int& count;
            ~Leave() { --count; }
        };
        Leave const leave{at_a_time_};
        auto const fate = instead ? instead(rows) : Fate{};
        auto work = fate ? fate(body) : line_.exchange(std::move(request));
        Result<HttpResponse> answer = co_await std::move(work);
        co_return answer;
    }

private:
    testing::SimulatedTransport line_;
    int at_a_time_ = 0;
};

/// A client in virtual time, logged in to an Odoo in memory.
struct Shop {
    World world;
    testing::OdooServerCore odoo;
    std::shared_ptr<WatchedTransport> line;
    ZenooClient client;

    explicit Shop(Duration latency = std::chrono::milliseconds{30})
        : line{std::make_shared<WatchedTransport>(odoo, latency)}, client{world.io.get_executor(), line} {
        world.run(client.login("odoo19", "admin", "admin"));
    }

    std::size_t partners() const {
        auto const created = odoo.stats().created;
        auto const found = created.find("res.partner");
        return found == created.end() ? 0 : found->second;
    }
    std::size_t times_committed(std::string const& external_id) const {
        auto const ids = odoo.stats().external_ids;
        auto const found = ids.find(external_id);
        return found == ids.end() ? 0 : found->second.committed;
    }
};

inline std::string shop_key(std::size_t number) { return "c" + std::to_string(number); }

inline ImportRecord good_record(std::size_t number) {
    return ImportRecord{ExternalId{"shop", shop_key(number)}, values("name", "Customer " + std::to_string(number))};
}
/// Odoo finds no such country, and says in which row.
inline ImportRecord record_of_nowhere(std::size_t number) {
    return ImportRecord{ExternalId{"shop", shop_key(number)},
                        values("name", "Nobody", "country_id", ExternalId{"base", "nowhere"})};
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ODOO_SHOP_HPP
