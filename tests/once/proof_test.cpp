// SPDX-License-Identifier: BSL-1.0
// The proof in virtual time: random records, faults at every stage of an exchange, importers that are killed.
#include "once/proof.hpp"

#include "once/audit_log.hpp"
#include "once/random_records.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/import_records.hpp>
#include <zenoo_rpc/retry.hpp>
#include <zenoo_rpc/testing/simulated_transport.hpp>

#include <iostream>
#include <memory>
#include <ranges>

using namespace zenoo_rpc;
using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;

namespace {

/// Connection to a server. Requests in progress when their client is killed go to `late` and may still arrive.
class Line final : public Transport {
public:
    Line(OdooServerCore& odoo, Duration latency, std::vector<HttpRequest>& late) : line_{odoo, latency}, late_{late} {}

    asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request) override {
        struct UnderWay {
            std::vector<HttpRequest>& late;
            HttpRequest request;
            bool has_ended = false;
            UnderWay(std::vector<HttpRequest>& where, HttpRequest const& what) : late{where}, request{what} {}
            UnderWay(UnderWay const&) = delete;
            UnderWay& operator=(UnderWay const&) = delete;
            ~UnderWay() {
                if (!has_ended) late.push_back(std::move(request));
            }
        };
        UnderWay under_way{late_, request};
        Result<HttpResponse> response = co_await line_.exchange(std::move(request));
        under_way.has_ended = true;
        co_return response;
    }

private:
    SimulatedTransport line_;
    std::vector<HttpRequest>& late_;
};

FaultProfile random_profile(Rng& rng) {
    std::vector<Fault> const kinds{Fault::refuse_connection(Duration{rng.between(1, 500) * 1ms}),
                                   Fault::close_before_reading(),
                                   Fault::drop_response(),
                                   Fault::reset_connection(),
                                   Fault::truncate_response(),
                                   Fault::delay_response(Duration{rng.between(1, 3000) * 1ms}),
                                   Fault::bad_gateway(Executed::no),
                                   Fault::bad_gateway(Executed::yes),
                                   Fault::service_unavailable(Executed::no),
                                   Fault::service_unavailable(Executed::yes),
                                   Fault::gateway_timeout(Executed::no),
                                   Fault::gateway_timeout(Executed::yes),
                                   Fault::serialization_failure(),
                                   Fault::load_conflict(),
                                   Fault::database_down(Duration{rng.between(1, 500) * 1ms})};
    std::vector<double> weights;
    double all = 0;
    for (std::size_t i = 0; i < kinds.size(); ++i) all += weights.emplace_back(rng.one_in(3) ? 0.0 : rng.share());
    double const share = 0.7 * rng.share();
    FaultProfile profile{.name = "random"};
    for (std::size_t i = 0; i < kinds.size(); ++i) profile.odds.push_back({share * weights[i] / all, kinds[i]});
    return profile;
}

/// One importer of the records, with its reported outcomes and its progress.
struct Importer {
    enum class Manner { in_batches, one_by_one, many_at_once };

    Manner manner;
    int batch;
    int concurrency;
    Protocol protocol;
    AuditLog audit_log;
    ImportProgress progress = {};
    std::size_t next = 0;
};

asio::awaitable<void> import_in_batches(ZenooClient& client, Importer& importer,
                                        std::vector<PlannedRecord> const& plan) {
    Checkpoint const checkpoint{.load = [&] { return importer.progress; },
                                .save = [&](ImportProgress const& progress) { importer.progress = progress; }};
    auto const options =
        ImportOptions()
            .batch_size(importer.batch)
            .max_concurrency(importer.concurrency)
            .checkpoint(checkpoint)
            .on_outcome([&](ImportOutcome const& outcome) { importer.audit_log.note(outcome.index, outcome.record); });
    auto const records = plan | std::views::transform([](auto const& planned) { return planned.record; });
    co_await import_records(client, "x.every.kind", records, options);
}

asio::awaitable<void> import_one_by_one(ZenooClient& client, Importer& importer,
                                        std::vector<PlannedRecord> const& plan) {
    while (importer.next < plan.size()) {
        auto const index = importer.next++;
        auto const& record = plan[index].record;
        boost::system::result<RecordId, Failure> created{0};
        try {
            created = co_await client.create_once("x.every.kind", record.id, record.values);
        } catch (ValidationError const& refused) {
            created = Failure{std::current_exception(), refused};
        }
        importer.audit_log.note(index, created);
    }
}

/// Imports only the good records: of bad ones, it would learn only about the first.
asio::awaitable<void> import_many_at_once(ZenooClient& client, Importer& importer,
                                          std::vector<PlannedRecord> const& plan) {
    std::vector<std::size_t> places;
    std::vector<ImportRecord> records;
    for (std::size_t i = 0; i < plan.size(); ++i) {
        if (plan[i].is_good()) places.push_back(i);
        if (plan[i].is_good()) records.push_back(plan[i].record);
    }
    std::vector<RecordId> const ids = co_await client.create_once("x.every.kind", records);
    for (std::size_t i = 0; i < ids.size(); ++i) importer.audit_log.note(places[i], ids[i]);
    importer.next = 0;
    co_await import_one_by_one(client, importer, plan);
}

asio::awaitable<void> import(ZenooClient& client, Importer& importer, std::vector<PlannedRecord> const& plan) {
    auto const log_in = [&]() -> asio::awaitable<RecordId> {
        return importer.protocol == Protocol::json2 ? client.login_with_api_key("odoo19", "admin", "admin-api-key")
                                                    : client.login("odoo19", "admin", "admin");
    };
    ExponentialBackoff const backoff{.max_attempts = 100, .base_delay = 20ms, .max_delay = 2s};
    RetryPolicy const policy{.strategy = backoff};
    co_await async_retry(policy, log_in);
    client.setup_retry_manager({.strategy = backoff});
    importer.next = 0;
    switch (importer.manner) {
        case Importer::Manner::in_batches: co_await import_in_batches(client, importer, plan); break;
        case Importer::Manner::one_by_one: co_await import_one_by_one(client, importer, plan); break;
        case Importer::Manner::many_at_once: co_await import_many_at_once(client, importer, plan); break;
    }
}

/// Several importers of the same records, with the same faults, that are killed, cancelled and restarted.
class Scenario {
public:
    explicit Scenario(std::uint64_t seed) : rng_{seed} {
        odoo_.store().add_model(proof_model());
        plan_ = planned_records(rng_, 1 + rng_.below(300), 2 + rng_.below(100), odoo_.store());
        odoo_.faults() = OdooFaults{random_profile(rng_), rng_.any()};
        for (auto count = rng_.between(1, 3); count > 0; --count) {
            auto const manner = rng_.one_in(4)
                                    ? rng_.of(std::array{Importer::Manner::one_by_one, Importer::Manner::many_at_once})
                                    : Importer::Manner::in_batches;
            auto const protocol = is_19_ && rng_.one_in(2) ? Protocol::json2 : Protocol::json_rpc;
            importers_.push_back({manner, static_cast<int>(rng_.between(1, rng_.one_in(2) ? 100 : 10)),
                                  static_cast<int>(rng_.between(1, 5)), protocol, AuditLog{plan_}});
        }
    }

    /// Runs the scenario and returns what is wrong at its end.
    std::vector<std::string> problems() {
        for (auto lives = rng_.below(4); lives > 0; --lives) live(Duration{rng_.between(0, 2000) * 1ms});
        live(std::nullopt);
        auto all = problems_in(odoo_.store(), odoo_.stats(), plan_);
        for (auto const& importer : importers_) {
            auto const reported = importer.audit_log.problems(odoo_.store());
            all.insert(all.end(), reported.begin(), reported.end());
        }
        all.insert(all.end(), errors_.begin(), errors_.end());
        return all;
    }

    std::size_t records() const noexcept { return plan_.size(); }
    std::uint64_t faults() const { return odoo_.faults().injected(); }
    int kills() const noexcept { return kills_; }
    int cancellations() const noexcept { return cancellations_; }

private:
    /// Runs all importers for `lifetime`, or until they end.
    void live(std::optional<Duration> lifetime) {
        World world;
        for (auto& request : std::exchange(late_, {})) {
            world.start(arrive(std::move(request), Duration{rng_.between(0, 1000) * 1ms}));
        }
        std::vector<std::unique_ptr<ZenooClient>> clients;
        std::vector<Running<void>> running;
        for (auto& importer : importers_) {
            auto line = std::make_shared<Line>(odoo_, Duration{rng_.between(0, 100) * 1ms}, late_);
            ClientOptions options{.protocol = importer.protocol};
            if (rng_.one_in(2)) options.request_timeout = 1s;
            clients.push_back(std::make_unique<ZenooClient>(world.io.get_executor(), std::move(line), options));
            running.push_back(world.start(import(*clients.back(), importer, plan_)));
        }
        if (!lifetime) return run_to_end(world, running);
        world.time.advance(*lifetime);
        if (rng_.one_in(3)) {
            ++cancellations_;
            for (auto& each : running) each.cancel();
            world.time.run();
        } else {
            ++kills_;
        }
    }

    void run_to_end(World& world, std::vector<Running<void>>& running) {
        world.time.run();
        for (auto& each : running) {
            if (!each.ended()) errors_.emplace_back("an importer never ended");
            if (each.outcome().failure) errors_.push_back("an importer failed: " + each.outcome().failure.what());
        }
    }

    asio::awaitable<void> arrive(HttpRequest request, Duration later) {
        co_await async_sleep(later);
        static_cast<void>(odoo_.respond(request));
    }

    Rng rng_;
    bool is_19_ = rng_.one_in(2);
    OdooServerCore odoo_{fresh_odoo19(), "odoo19", is_19_ ? OdooDialect::odoo19 : OdooDialect::odoo16};
    std::vector<PlannedRecord> plan_;
    std::vector<Importer> importers_;
    std::vector<HttpRequest> late_;
    std::vector<std::string> errors_;
    int kills_ = 0;
    int cancellations_ = 0;
};

}  // namespace

TEST_CASE("each good record is created once with its values, and each bad one is reported, despite faults and kills",
          "[proof]") {
    int kills = 0;
    int cancellations = 0;
    auto const result = prove(8600, 2600, [&](std::uint64_t seed) {
        Scenario scenario{seed};
        auto problems = scenario.problems();
        kills += scenario.kills();
        cancellations += scenario.cancellations();
        return ProofRound{scenario.records(), scenario.faults(), std::move(problems)};
    });
    std::cout << "in virtual time: " << result << ", " << kills << " kills, " << cancellations << " cancellations"
              << std::endl;
}
