// SPDX-License-Identifier: BSL-1.0
#include "outage.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>

#include <algorithm>

using namespace zenoo_rpc;
using namespace std::chrono_literals;

Server::Server(Outage const& outage, testing::VirtualTime const& time)
    : outage_{outage},
      time_{time},
      began_{time.now() + outage.warm_up},
      load_(static_cast<std::size_t>(std::chrono::ceil<std::chrono::seconds>(outage.length).count())) {}

boost::asio::awaitable<void> Server::call() {
    constexpr auto latency = 10ms;  // in each direction
    auto* const load = load_of_now();
    if (load) ++load->calls;
    auto const responds_at = take_in();
    co_await async_sleep(responds_at == unlimited ? unlimited : latency + (responds_at - now()) + latency);
    if (load) ++load->responded;
}

Load* Server::load_of_now() {
    if (now() < 0s || now() >= outage_.length) return nullptr;
    return &load_[static_cast<std::size_t>(now() / 1s)];
}

Duration Server::take_in() {
    auto const in_outage = [this](Duration time) { return time >= outage_.begins && time < outage_.ends; };
    auto const work = Duration{1s} / outage_.capacity;
    auto const done = std::max(now(), busy_until_) + work;
    if (in_outage(now()) || done - now() > work * outage_.queue) return unlimited;
    busy_until_ = done;
    return in_outage(done) ? unlimited : done;
}
