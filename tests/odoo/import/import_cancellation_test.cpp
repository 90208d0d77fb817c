// SPDX-License-Identifier: BSL-1.0
// An import that is cancelled before each of its handlers, and before time moves.
#include "odoo/fixtures/shop.hpp"
#include "odoo/fixtures/told.hpp"
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

constexpr std::size_t records = 9;
constexpr std::size_t bad_one = 4;

ImportRecord some_record(std::size_t number) {
    return number == bad_one ? record_of_nowhere(number) : good_record(number);
}
auto some_records() { return std::views::iota(std::size_t{0}, records) | std::views::transform(some_record); }

/// One import: batches that are taken apart, a retry after a lost answer, a look-up, a checkpoint.
class CancelledImport {
public:
    /// `cancel_at`: the point; the first is 0.
    CancelledImport(std::optional<int> cancel_at, asio::cancellation_type type) {
        ExponentialBackoff const backoff{.max_attempts = 4, .base_delay = 1s};
        shop_.client.setup_retry_manager({.strategy = backoff});
        shop_.odoo.faults().script({Fault{}, Fault{}, Fault::drop_answer()});  // fields_get, two batches
        Checkpoint const checkpoint{.load = [this] { return progress_; },
                                    .save = [this](ImportProgress const& progress) { progress_ = progress; }};
        auto options = told_.options().batch_size(4).max_concurrency(2).checkpoint(checkpoint);
        auto running = shop_.world.start(import_records(shop_.client, "res.partner", some_records(), options));
        run_stepwise(shop_.world, [&] {
            if (running.ended()) return;
            if (points_++ != cancel_at) return;
            cancelled_at_ = shop_.world.time.now();
            running.cancel(type);
        });
        outcome_ = std::move(running.outcome());
        ended_at_ = shop_.world.time.now();
    }

    int points() const noexcept { return points_; }

    /// What is wrong; nothing, if nothing is.
    std::string complaint() {
        if (!outcome_.ended) return "never ended";
        if (!shop_.world.idle()) return "somebody is still waiting";
        bool const is_cancelled = !outcome_.value;
        if (is_cancelled && !outcome_.failure.cancelled()) return outcome_.failure.what();
        if (is_cancelled && ended_at_ != cancelled_at_) return "not at once";
        for (auto const index : told_.imported) {
            if (shop_.times_committed("shop." + shop_key(index)) != 1) return "told what is not so";
        }
        for (auto const& [index, why] : told_.failed) {
            if (index != bad_one) return "refused for being cancelled: " + why;
        }
        if (progress_.settled > told_.imported.size() + told_.failed.size()) return "the checkpoint is ahead";
        return complaint_about_the_rest();
    }

private:
    std::string complaint_about_the_rest() {
        Checkpoint const checkpoint{.load = [this] { return progress_; }};
        auto const options = ImportOptions().checkpoint(checkpoint);
        auto const rest = shop_.world.run(import_records(shop_.client, "res.partner", some_records(), options));
        if (!rest.value) return "the rest: " + rest.failure.what();
        return shop_.partners() == records - 1 ? "" : "lost or doubled";
    }

    Shop shop_;
    Told told_;
    ImportProgress progress_;
    Outcome<ImportReport> outcome_;
    TimePoint cancelled_at_;
    TimePoint ended_at_;
    int points_ = 0;
};

}  // namespace

TEST_CASE("an import may be cancelled before any of its handlers, and the next one does the rest") {
    auto const type =
        GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::partial, asio::cancellation_type::total);
    CancelledImport undisturbed{std::nullopt, type};
    CHECK(undisturbed.complaint() == "");
    REQUIRE(undisturbed.points() > 40);
    for (int point = 0; point < undisturbed.points(); ++point) {
        CancelledImport run{point, type};
        INFO("cancelled at point " << point << " of " << undisturbed.points() << ", type " << static_cast<int>(type));
        CHECK(run.complaint() == "");
    }
}
