// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/import_fixture.hpp"
#include "odoo/fixtures/recorded_outcomes.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/odoo/import_records.hpp>
#include <zenoo_rpc/retry.hpp>

#include <memory>
#include <optional>
#include <ranges>
#include <stdexcept>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using namespace zenoo_rpc::tests;
using nlohmann::json;
using testing::Fault;

TEST_CASE("records are imported in concurrent batches, and each is reported") {
    ImportFixture shop;
    RecordedOutcomes recorded;
    auto const report =
        shop.world.run(import_records(shop.client, "res.partner", good_records(1050), recorded.options()));
    REQUIRE(report.value);
    CHECK(report.value->imported == 1050);
    CHECK(report.value->failed == 0);
    CHECK(recorded.imported.size() == 1050);
    CHECK(shop.partners() == 1050);
    CHECK(shop.line->loads.size() == 11);
    CHECK(shop.line->most_at_a_time == 4);
    // A second import finds them all.
    CHECK(shop.world.run(import_records(shop.client, "res.partner", good_records(1050))).value->imported == 1050);
    CHECK(shop.partners() == 1050);
}

TEST_CASE("no more records of a range are taken than the batches in progress need") {
    ImportFixture shop;
    std::size_t taken = 0;
    std::size_t settled = 0;
    std::size_t most_ahead = 0;
    auto const records = std::views::iota(std::size_t{0}, std::size_t{500}) | std::views::transform([&](std::size_t i) {
                             most_ahead = std::max(most_ahead, ++taken - settled);
                             return good_record(i);
                         });
    auto const options = ImportOptions().batch_size(10).max_concurrency(3).on_outcome([&](auto const&) { ++settled; });
    CHECK(shop.world.run(import_records(shop.client, "res.partner", records, options)).value->imported == 500);
    CHECK(most_ahead <= 30);
    CHECK(shop.line->most_at_a_time == 3);
}

TEST_CASE("an import makes no more concurrent calls than its client allows") {
    ImportFixture shop;
    auto const options = ImportOptions().batch_size(10).max_concurrency(1000);
    CHECK(shop.world.run(import_records(shop.client, "res.partner", good_records(1000), options)).value->imported
          == 1000);
    CHECK(shop.line->most_at_a_time == static_cast<int>(ClientOptions{}.max_concurrency));
}

TEST_CASE("records may come from an asynchronous stream") {
    struct Stream {
        asio::any_io_executor executor;
        std::size_t next_one = 0;
        asio::awaitable<std::optional<ImportRecord>> next() {
            co_await async_sleep(executor, 1ms, asio::use_awaitable);
            if (next_one == 25) co_return std::nullopt;
            co_return good_record(next_one++);
        }
    };
    ImportFixture shop;
    auto const options = ImportOptions().batch_size(10);
    auto const report =
        shop.world.run(import_records(shop.client, "res.partner", Stream{shop.world.io.get_executor()}, options));
    CHECK(report.value->imported == 25);
    CHECK(shop.line->loads.size() == 3);
}

TEST_CASE("batches become smaller while the server is slow, and larger again") {
    ImportFixture shop;
    bool is_slow = true;
    shop.line->instead = [&](json const& rows) -> Fate {
        if (!is_slow) return {};
        auto const needs = 1s * rows.size();
        auto ids = json::array();
        for (auto const& row : rows) ids.push_back(std::stoi(row[0].get<std::string>().substr(6)) + 1);
        return [needs, ids, &is_slow](json const& body) -> asio::awaitable<Result<HttpResponse>> {
            auto const executor = co_await asio::this_coro::executor;
            co_await async_sleep(executor, needs, asio::use_awaitable);
            if (ids.size() <= 25) is_slow = false;
            json response{{"id", body["id"]}};
            response["result"] = {{"ids", ids}, {"messages", json::array()}};
            co_return fate::json_response(response);
        };
    };
    auto const options = ImportOptions().max_concurrency(1).time_limit(60s);
    CHECK(shop.world.run(import_records(shop.client, "res.partner", good_records(450), options)).value);
    std::vector<std::size_t> const first{100, 50, 25, 25, 50, 100, 100};
    CHECK(shop.line->loads == first);
}

TEST_CASE("an import ends when the server is down for longer than the retries, and reports no record as failed") {
    ImportFixture shop;
    RecordedOutcomes recorded;
    shop.client.setup_retry_manager({.strategy = FixedDelayStrategy{.max_attempts = 2, .delay = 1s}});
    shop.odoo.faults().script(Fault{});  // fields_get
    shop.odoo.faults().script(Fault::refuse_connection(1h));
    auto const outcome =
        shop.world.run(import_records(shop.client, "res.partner", good_records(500), recorded.options()));
    CHECK(outcome.failure.is<RetryExhaustedError>());
    CHECK(recorded.failed.empty());
    CHECK(shop.partners() == recorded.imported.size());
}

TEST_CASE("the batches of an import share the circuit breaker of the client") {
    ImportFixture shop;
    auto const breaker = std::make_shared<CircuitBreaker>(
        CircuitBreakerOptions{.failure_threshold = 4, .recovery_timeout = 10s, .on_open = OnOpen::wait});
    FixedDelayStrategy const patient{.max_attempts = 5, .delay = 1s};
    shop.client.setup_retry_manager({.strategy = patient, .circuit_breaker = breaker});
    auto const recovered = shop.world.time.now() + 15s;
    shop.line->instead = [&](json const&) { return shop.world.time.now() < recovered ? fate::refused() : Fate{}; };
    auto const report = shop.world.run(import_records(shop.client, "res.partner", good_records(400)));
    REQUIRE(report.value);
    CHECK(report.value->imported == 400);
    CHECK(breaker->statistics().openings == 2);
    CHECK(shop.line->loads.size() == 4 + 1 + 4);  // four failed batches, one failed trial, four successes
}

TEST_CASE("an import ends when its user may no longer log in") {
    ImportFixture shop;
    shop.line->instead = [](json const&) { return fate::error("odoo.exceptions.AccessDenied", "Access Denied"); };
    CHECK(shop.world.run(import_records(shop.client, "res.partner", good_records(500)))
              .failure.is<AuthenticationError>());
    CHECK(shop.line->loads.size() <= 4);
}

TEST_CASE("an exception of user code ends an import, and no work is left") {
    ImportFixture shop;
    auto const in_observer = ImportOptions().on_outcome([](auto const&) { throw std::runtime_error{"enough"}; });
    CHECK(contains(
        shop.world.run(import_records(shop.client, "res.partner", good_records(500), in_observer)).failure.what(),
        "enough"));
    auto const broken = std::views::iota(0, 500) | std::views::transform([](int i) {
                            if (i == 250) throw std::runtime_error{"line 251 is broken"};
                            return good_record(static_cast<std::size_t>(i));
                        });
    CHECK(shop.world.run(import_records(shop.client, "res.partner", broken)).failure.what() == "line 251 is broken");
    CHECK(shop.world.idle());
}

TEST_CASE("an import cancelled at any moment has reported nothing wrong, and the next one completes it") {
    for (int step = 1; step <= 40; ++step) {
        ImportFixture shop;
        RecordedOutcomes recorded;
        auto const options = recorded.options().batch_size(10).max_concurrency(2);
        auto running = shop.world.start(import_records(shop.client, "res.partner", good_records(60), options));
        shop.world.time.advance(5ms * step);
        running.cancel(step % 2 ? asio::cancellation_type::terminal : asio::cancellation_type::total);
        shop.world.time.run();
        INFO("cancelled after " << 5 * step << " ms");
        REQUIRE(running.ended());
        bool const was_finished = running.outcome().value.has_value();
        if (!was_finished) CHECK(running.outcome().failure.cancelled());
        CHECK(recorded.failed.empty());
        CHECK(recorded.imported.size() <= shop.partners());
        CHECK(shop.world.run(import_records(shop.client, "res.partner", good_records(60))).value->imported == 60);
        CHECK(shop.partners() == 60);
    }
}

TEST_CASE("call_timeout limits each attempt of an import") {
    ImportFixture shop;
    shop.odoo.faults().script({Fault{}, Fault::delay_response(1h)});  // fields_get, load
    auto const options = ImportOptions().call_timeout(5s);
    auto const outcome = shop.world.run(import_records(shop.client, "res.partner", good_records(1), options));
    INFO(outcome.failure.what());
    REQUIRE(outcome.value);
    CHECK(outcome.value->imported == 1);
    CHECK(outcome.elapsed >= 5s);
    CHECK(outcome.elapsed < 10s);
}

TEST_CASE("invalid import options are rejected before anything is sent") {
    ImportFixture shop;
    auto const requests = shop.odoo.stats().requests;
    auto refusal = [&](ImportOptions const& options) {
        return shop.world.run(import_records(shop.client, "res.partner", good_records(1), options)).failure.what();
    };
    CHECK(contains(refusal(ImportOptions().batch_size(0)), "ImportOptions::batch_size is 0"));
    CHECK(contains(refusal(ImportOptions().max_concurrency(-1)), "ImportOptions::max_concurrency is -1"));
    CHECK(contains(refusal(ImportOptions().time_limit(0s)), "ImportOptions::time_limit"));
    CHECK(shop.odoo.stats().requests == requests);
}

TEST_CASE("several concurrent imports create each record exactly once despite network faults") {
    auto const profile = GENERATE(as<std::string>{}, "flaky", "storm", "outage");
    constexpr std::uint64_t seed = 20261124;
    INFO("profile " << profile << ", seed " << seed);
    ImportFixture shop;
    ExponentialBackoff const backoff{.max_attempts = 30, .base_delay = 100ms, .max_delay = 5s};
    shop.client.setup_retry_manager({.strategy = backoff});
    shop.odoo.faults() = testing::OdooFaults{*testing::FaultProfile::named(profile), seed};
    constexpr std::size_t count = 3000;
    std::vector<std::string> wrong;
    auto const options = ImportOptions().batch_size(20).on_outcome([&](ImportOutcome const& outcome) {
        if (!outcome.record) wrong.push_back(outcome.id + ": " + outcome.record.error().what());
    });
    std::vector<Running<ImportReport>> importers;
    for (int i = 0; i < 3; ++i) {
        importers.push_back(shop.world.start(import_records(shop.client, "res.partner", good_records(count), options)));
    }
    shop.world.time.run();
    for (auto& importer : importers) {
        INFO(importer.outcome().failure.what());
        REQUIRE(importer.outcome().value);
        CHECK(importer.outcome().value->imported == count);
    }
    CHECK(wrong.empty());
    CHECK(shop.odoo.faults().injected() > 0);
    auto const ids = shop.odoo.stats().external_ids;
    for (std::size_t i = 0; i < count; ++i) CHECK(ids.at("shop." + record_key(i)).committed == 1);
    CHECK(shop.partners() == count);
}
