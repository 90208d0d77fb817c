// SPDX-License-Identifier: BSL-1.0
// The seed document on retry mechanisms, in its order: from "Conditional Retries" to "Advanced Patterns".
#include "contract/seed_world.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <ranges>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using testing::Fault;

namespace {

constexpr auto unavailable = Fault::service_unavailable(testing::Executed::no);

}  // namespace

TEST_CASE("seed: retry on specific exceptions") {
    SeedWorld world;
    auto& client = world.client;
    auto const on_network = retry_on_exceptions<NetworkError, TimeoutError>({.max_attempts = 3, .base_delay = 2s});
    auto const network_sensitive_operation =
        decorate(on_network, [&] { return client.model<ResPartner>().filter(field("is_company") == true).all(); });
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({no_connection, no_connection});
        std::vector<ResPartner> const partners = co_await network_sensitive_operation();
        REQUIRE(partners.size() == 1);
        CHECK(partners.front().name == "My Company");

        world.fail({unavailable});
        bool server_error = false;
        try {
            co_await network_sensitive_operation();
        } catch (ServerError const&) {  // no retry attempted
            server_error = true;
        }
        CHECK(server_error);
    });
}

TEST_CASE("seed: conditional retry logic") {
    SeedWorld world;
    auto& client = world.client;
    bool const weekend = GENERATE(false, true);
    auto const should_retry_condition = [weekend](Failure const& failure, int attempt) {
        if (failure.is<ValidationError>()) return false;
        if (weekend && attempt >= 3) return false;
        return failure.is<NetworkError>() || failure.is<TimeoutError>();
    };
    auto const conditional = ConditionalRetry{.condition = should_retry_condition, .max_attempts = 5, .base_delay = 1s};
    auto const conditional_operation = [&] {
        return client.model<ResPartner>().create(values("name", "Test Partner", "email", "test@example.com"));
    };
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({no_connection, no_connection, no_connection});
        RecordId id = 0;
        try {
            id = co_await conditional(conditional_operation);
        } catch (NetworkError const&) {
        }
        CHECK((id == 0) == weekend);
    });
}

TEST_CASE("seed: retry context information") {
    SeedWorld world;
    auto& client = world.client;
    std::vector<std::string> lines;
    auto const operation_with_context = ambient([&]() -> asio::awaitable<std::vector<RecordId>> {
        if (auto const* context = co_await RetryContext::current()) {
            lines.push_back("Attempt " + std::to_string(context->attempt) + " of "
                            + std::to_string(context->max_attempts));
            lines.push_back(context->last_failure ? "Previous failure: a network error" : "No failure yet");
            lines.push_back(context->elapsed() < 1h ? "in time" : "late");
        }
        co_return co_await client.model<ResPartner>().search();
    });
    auto const on_failure = retry_on_failure({.max_attempts = 3});
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({no_connection});
        auto const partners = co_await on_failure(operation_with_context);
        CHECK_FALSE(partners.empty());
    });
    CHECK(lines
          == std::vector<std::string>{"Attempt 1 of 3", "No failure yet", "in time", "Attempt 2 of 3",
                                      "Previous failure: a network error", "in time"});
}

TEST_CASE("seed: retry with state") {
    SeedWorld world;
    class StatefulRetry {
    public:
        explicit StatefulRetry(ZenooClient& client) : client_{client} {}

        asio::awaitable<RecordId> operation_with_state() {
            ++attempt_count;
            auto const number = std::to_string(attempt_count);
            return client_.model<ResPartner>().create(
                values("name", "Partner " + number, "email", "partner" + number + "@example.com"));
        }
        int attempt_count = 0;

    private:
        ZenooClient& client_;
    };
    StatefulRetry retry_handler{world.client};
    auto const on_failure = retry_on_failure({.max_attempts = 5, .base_delay = 1s});
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({no_connection, no_connection});
        RecordId const partner = co_await on_failure([&] { return retry_handler.operation_with_state(); });
        ResPartner const created = co_await world.client.model<ResPartner>().get(partner);
        CHECK(created.name == "Partner 3");
    });
    CHECK(retry_handler.attempt_count == 3);
}

TEST_CASE("seed: retry metrics collection") {
    SeedWorld world;
    auto& client = world.client;
    client.setup_retry_manager({.strategy = ExponentialBackoff{}, .collect_metrics = true});
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({no_connection});
        co_await client.search("res.partner");
        world.fail({no_connection, no_connection, no_connection});
        auto const lost = co_await client.results().search("res.partner");
        CHECK_FALSE(lost.has_value());
    });
    RetryMetrics const metrics = client.retry_manager().get_metrics();
    CHECK(metrics.total_attempts == 1 + 2 + 3);
    CHECK(metrics.successful_retries == 1);
    CHECK(metrics.failed_retries == 1);
    CHECK(metrics.average_delay > 0s);
    CHECK(metrics.circuit_breaker_opens == 0);
}

TEST_CASE("seed: custom metrics callback") {
    SeedWorld world;
    auto& client = world.client;
    std::vector<std::string> log;
    auto const retry_metrics_callback = [&](RetryEvent const& event) {
        auto const attempt = std::to_string(event.attempt);
        switch (event.type) {
            case RetryEventType::retry_attempt: log.push_back("Retry attempt " + attempt); break;
            case RetryEventType::retry_success: log.push_back("Retry succeeded after " + attempt); break;
            case RetryEventType::retry_failed: log.push_back("Retry failed after " + attempt); break;
            case RetryEventType::circuit_breaker_opened: log.push_back("Circuit breaker opened"); break;
            default: log.emplace_back(to_string(event.type)); break;
        }
    };
    client.setup_retry_manager({.strategy = ExponentialBackoff{},
                                .circuit_breaker = std::make_shared<CircuitBreaker>(),
                                .metrics_callback = retry_metrics_callback});
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({no_connection, {}, no_connection, no_connection, no_connection});
        co_await client.search("res.partner");
        auto const lost = co_await client.results().search("res.partner");
        CHECK_FALSE(lost.has_value());
    });
    CHECK(log
          == std::vector<std::string>{"Retry attempt 1", "Retry succeeded after 2", "Retry attempt 1",
                                      "Retry attempt 2", "Retry failed after 3"});
}

TEST_CASE("seed: retry with fallback") {
    SeedWorld world;
    auto& client = world.client;
    auto const or_empty = retry_with_fallback({.max_attempts = 3}, std::vector<ResPartner>{});
    auto const get_partners_with_fallback =
        decorate(or_empty, [&] { return client.model<ResPartner>().filter(field("is_company") == true).all(); });
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({no_connection, no_connection, no_connection});
        std::vector<ResPartner> const partners = co_await get_partners_with_fallback();
        CHECK(partners.empty());
    });
}

TEST_CASE("seed: retry with timeout") {
    SeedWorld world;
    auto& client = world.client;
    auto const bounded = retry_with_timeout({.max_attempts = 5, .base_delay = 1s, .total_timeout = 30s});
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({Fault::delay_response(1h)});
        auto const before = world.now();
        bool timed_out = false;
        try {
            co_await bounded([&] { return client.model<ResPartner>().search(); });
        } catch (TimeoutError const&) {
            timed_out = true;
        }
        CHECK(timed_out);
        CHECK(world.now() - before == 30s);
    });
}

TEST_CASE("seed: bulk operation retries") {
    SeedWorld world;
    auto& client = world.client;
    BulkRetryManager bulk_retry{{.max_attempts = 3, .base_delay = 2s, .partial_success_threshold = 0.8}};
    auto const operations =
        std::views::iota(0, 100) | std::views::transform([&](int i) {
            return [&client, i] {
                return client.model<ResPartner>().create(values("name", "Partner " + std::to_string(i)));
            };
        });
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({no_connection, {}, no_connection, no_connection});
        auto const results = co_await bulk_retry.execute_bulk(operations);
        CHECK(results.successful.size() == 100);
        CHECK(results.failed.empty());
        auto const created = co_await client.model<ResPartner>().filter(field("name").ilike("Partner %")).count();
        CHECK(created == 100);
    });
}
