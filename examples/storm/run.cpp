// SPDX-License-Identifier: BSL-1.0
#include "run.hpp"

#include <zenoo_rpc/core/random.hpp>
#include <zenoo_rpc/retry.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <numeric>
#include <utility>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

constexpr int forever = 1'000'000;

class Storm {
public:
    explicit Storm(Outage const& outage) : outage_{outage} {}

    /// Runs all clients; each sends its requests through `layers`.
    template <class Layers>
    void run(Layers const& layers) {
        std::vector<testing::Running<void>> clients;
        for (int i = 0; i < outage_.clients; ++i) clients.push_back(world_.start(be_client(layers)));
        world_.time.advance(outage_.warm_up + outage_.length + outage_.patience);  // no call is cut off
        for (auto& client : clients) client.cancel();
        world_.time.run();
    }

    std::reference_wrapper<SeededRandom> random() { return std::ref(random_); }
    Duration now() const { return server_.now(); }

    Run result() const {
        Run run;
        run.load = server_.load();
        if (without_response_ == 0) run.recovery = last_of_before_ - outage_.ends;
        return run;
    }

private:
    template <class Layers>
    asio::awaitable<void> be_client(Layers const& layers) {
        for (;;) {
            co_await async_sleep(scaled(2 * outage_.pause, random_()));
            auto const begun = now();
            if (begun < outage_.ends) ++without_response_;
            co_await layers([&] { return server_.call(); });
            if (begun >= outage_.ends) continue;
            --without_response_;
            last_of_before_ = now();
        }
    }

    Outage const& outage_;
    testing::VirtualWorld world_;
    Server server_{outage_, world_.time};
    SeededRandom random_{outage_.seed};
    int without_response_ = 0;   // requests from before the end of the outage
    Duration last_of_before_{};  // when the last of them got its response
};

}  // namespace

int Run::peak() const { return std::ranges::max(load, {}, &Load::calls).calls; }

int Run::wasted() const {
    return std::accumulate(load.begin(), load.end(), 0,
                           [](int sum, Load const& second) { return sum + second.calls - second.responded; });
}

double usual_load(Run const& run, Outage const& outage) {
    auto const seconds = static_cast<int>(outage.begins / 1s);
    auto const calls = std::accumulate(run.load.begin(), run.load.begin() + seconds, 0,
                                       [](int sum, Load const& second) { return sum + second.calls; });
    return static_cast<double>(calls) / seconds;
}

Run run_outage(Outage const& outage, Manner manner) {
    Storm storm{outage};
    auto const one_call = timeout(outage.patience);
    auto const backoff = retry(
        RetryPolicy{.strategy = ExponentialBackoff{
                        .max_attempts = forever, .max_delay = 30s, .jitter = FullJitter{.random = storm.random()}}});

    if (manner == Manner::blind) {
        storm.run(retry(RetryPolicy{.strategy = FixedDelay{.max_attempts = forever, .delay = 100ms}}) | one_call);
        return storm.result();
    }
    if (manner == Manner::backoff) {
        storm.run(backoff | one_call);
        return storm.result();
    }

    auto const breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 20,
                                                                                .recovery_timeout = 3s,
                                                                                .half_open_max_calls = 20,
                                                                                .success_threshold = outage.clients,
                                                                                .on_open = OnOpen::wait});
    std::vector<CircuitChange> changes{{0s, CircuitState::closed}};
    auto const watching =
        breaker->observe([&](RetryEvent const&) { changes.push_back({storm.now(), breaker->state()}); });
    storm.run(backoff | circuit_breaker(breaker) | one_call);
    Run run = storm.result();
    run.circuit = std::move(changes);
    return run;
}
