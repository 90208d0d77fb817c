// SPDX-License-Identifier: BSL-1.0
// An import is cancelled before each of its handlers, and before each step of time.
#include "odoo/fixtures/import_fixture.hpp"
#include "odoo/fixtures/recorded_outcomes.hpp"
#include "support/cancellation_sweep.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/odoo/import_records.hpp>
#include <zenoo_rpc/retry.hpp>

#include <optional>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using namespace zenoo_rpc::tests;
using testing::Fault;

namespace {

constexpr std::size_t record_count = 9;
constexpr std::size_t bad_one = 4;

ImportRecord some_record(std::size_t number) {
    return number == bad_one ? record_of_nowhere(number) : good_record(number);
}
auto some_records() { return std::views::iota(std::size_t{0}, record_count) | std::views::transform(some_record); }

/// One import: batches that are split, a retry after a lost response, a look-up, a checkpoint.
class CancelledImport {
public:
    /// Cancels at the point with the index `cancel_at`.
    CancelledImport(std::optional<int> cancel_at, asio::cancellation_type type) {
        ExponentialBackoff const backoff{.max_attempts = 4, .base_delay = 1s};
        fixture_.client.setup_retry_manager({.strategy = backoff});
        fixture_.odoo.faults().script({Fault{}, Fault{}, Fault::drop_response()});  // fields_get, two batches
        Checkpoint const checkpoint{.load = [this] { return progress_; },
                                    .save = [this](ImportProgress const& progress) { progress_ = progress; }};
        auto options = recorded_.options().batch_size(4).max_concurrency(2).checkpoint(checkpoint);
        auto running = fixture_.world.start(import_records(fixture_.client, "res.partner", some_records(), options));
        run_stepwise(fixture_.world, [&] {
            if (running.ended()) return;
            if (points_++ != cancel_at) return;
            cancelled_at_ = fixture_.world.time.now();
            running.cancel(type);
        });
        outcome_ = std::move(running.outcome());
        ended_at_ = fixture_.world.time.now();
    }

    int points() const noexcept { return points_; }

    /// Returns what is wrong; empty if nothing is.
    std::string problem() {
        if (!outcome_.ended) return "never ended";
        if (!fixture_.world.idle()) return "a handler is still waiting";
        bool const is_cancelled = !outcome_.value;
        if (is_cancelled && !outcome_.failure.cancelled()) return outcome_.failure.what();
        if (is_cancelled && ended_at_ != cancelled_at_) return "did not end at once";
        for (auto const index : recorded_.imported) {
            if (fixture_.times_committed("shop." + record_key(index)) != 1) return "reported as imported, but is not";
        }
        for (auto const& [index, why] : recorded_.failed) {
            if (index != bad_one) return "rejected because of the cancellation: " + why;
        }
        if (progress_.settled > recorded_.imported.size() + recorded_.failed.size()) return "the checkpoint is ahead";
        return error_info_of_the_remaining();
    }

private:
    std::string error_info_of_the_remaining() {
        Checkpoint const checkpoint{.load = [this] { return progress_; }};
        auto const options = ImportOptions().checkpoint(checkpoint);
        auto const remaining =
            fixture_.world.run(import_records(fixture_.client, "res.partner", some_records(), options));
        if (!remaining.value) return "the next import failed: " + remaining.failure.what();
        return fixture_.partners() == record_count - 1 ? "" : "a record is lost or duplicated";
    }

    ImportFixture fixture_;
    RecordedOutcomes recorded_;
    ImportProgress progress_;
    Outcome<ImportReport> outcome_;
    TimePoint cancelled_at_;
    TimePoint ended_at_;
    int points_ = 0;
};

}  // namespace

TEST_CASE("an import may be cancelled before any of its handlers, and the next one completes it") {
    auto const type =
        GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::partial, asio::cancellation_type::total);
    CancelledImport undisturbed{std::nullopt, type};
    CHECK(undisturbed.problem() == "");
    REQUIRE(undisturbed.points() > 40);
    for (int point = 0; point < undisturbed.points(); ++point) {
        CancelledImport run{point, type};
        INFO("cancelled at point " << point << " of " << undisturbed.points() << ", type " << static_cast<int>(type));
        CHECK(run.problem() == "");
    }
}
