// SPDX-License-Identifier: BSL-1.0
// A bulk is cancelled at every point of its run, and an exception is thrown wherever it calls user code.
#include "support/cancellation_sweep.hpp"
#include "support/catch.hpp"
#include "support/fault_sweep.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/bulk_retry_manager.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::CancelledRun;
using tests::Fault;
using tests::Manner;
using tests::Rig;
using tests::World;
using enum asio::cancellation_type;

namespace {

/// Runs the operations as a bulk and returns or throws the outcome of the first one.
template <class Operations>
asio::awaitable<int> first_of(BulkOptions options, Operations operations) {
    BulkRetryManager const bulk{std::move(options)};
    Failure failure;
    try {
        BulkResults<int> const results = co_await bulk.execute_bulk(operations);
        co_return results.successful.at(0).value;
    } catch (BulkRetryError const& error) {
        failure = error.results<int>().failed.at(0).failure;
        bool const has_failed_before = error.code() == asio::error::operation_aborted && !failure.cancelled()
                                       && !failure.is<OutcomeUnknownError>();
        if (has_failed_before) throw;
    }
    failure.raise();
}

auto patient_policy(auto observer) {
    return RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s},
                       .retry_if = [](Failure const&) { return true; },
                       .on_event = std::move(observer)};
}

/// A bulk of seven operations, three concurrent, some of which fail at first, that is cancelled at one of its points.
class CancelledBulk {
public:
    static constexpr int size = 7;
    static constexpr int limit = 3;

    CancelledBulk(bool knows_size, Manner manner, asio::cancellation_type type, int cancel_at)
        : manner_{manner}, type_{type}, cancel_at_{cancel_at}, running_{world_.start(work(knows_size))} {
        tests::run_stepwise(world_, [this] { point(); });
    }

    int points() const noexcept { return point_; }
    bool succeeded() { return running_.outcome().value.has_value(); }

    /// Describes how the run violated expectations; empty if it did not.
    std::string problem(bool knows_size) {
        if (!running_.ended() || alive_ != 0) return "not ended";
        if (!world_.idle()) return "somebody is still waiting";
        if (succeeded()) return wrong_results(*running_.outcome().value, size);
        auto const& failure = running_.outcome().failure;
        if (!cancelled_) return "failed by itself: " + failure.what();
        try {
            failure.raise();
        } catch (BulkRetryError const& error) {
            if (error.code() != asio::error::operation_aborted) return "not cancelled: " + failure.what();
            return wrong_results(error.results<int>(), knows_size ? size : taken_);
        } catch (...) {
            return failure.cancelled() && calls_ == 0 ? "" : "no BulkRetryError";  // before the bulk started
        }
    }

private:
    asio::awaitable<BulkResults<int>> work(bool knows_size) {
        auto const note = [this](BulkProgress const&) { point(); };
        BulkRetryManager const bulk{{.partial_success_threshold = 0.5,
                                     .max_concurrency = limit,
                                     .on_progress = note,
                                     .policy = patient_policy([this](RetryEvent const&) { point(); })}};
        auto const make = [this](int i) {
            ++taken_;
            point();
            return [this, i] { return operation(i); };
        };
        auto const all = std::views::iota(0, size) | std::views::transform(make);
        if (knows_size) return bulk.execute_bulk(all);
        auto const is_within = [](int i) { return i < size; };
        return bulk.execute_bulk(std::views::iota(0) | std::views::take_while(is_within) | std::views::transform(make));
    }

    asio::awaitable<int> operation(int i) {
        struct Alive {
            explicit Alive(int& c) : count{c} { ++count; }
            ~Alive() { --count; }
            int& count;
        } const alive{alive_};
        ++calls_;
        point();
        if (manner_ == Manner::deaf) co_await asio::this_coro::throw_if_cancelled(false);
        try {
            co_await asio::post(asio::use_awaitable);
            if (manner_ != Manner::deaf) co_await async_sleep(1s);
        } catch (boost::system::system_error const&) {
            if (manner_ == Manner::own_error) throw NetworkError{"broken off"};
            if (manner_ == Manner::unknown) throw OutcomeUnknownError{"broken off"};
            throw;
        }
        point();
        if (i % 3 == 1 && !std::exchange(failed_once_[static_cast<std::size_t>(i)], true)) throw NetworkError{"down"};
        co_return i;
    }

    void point() {
        if (cancelled_ || point_++ != cancel_at_ || running_.ended()) return;
        cancelled_ = true;
        running_.cancel(type_);
    }

    /// Checks that each of the `known` operations is present once and that each call is counted.
    std::string wrong_results(BulkResults<int> const& results, int known) const {
        std::vector<int> seen(size, 0);
        int attempts = 0;
        for (auto const& one : results.successful) {
            ++seen.at(one.index);
            attempts += one.attempts;
            if (one.value != static_cast<int>(one.index)) return "a value of another operation";
        }
        for (auto const& one : results.failed) {
            ++seen.at(one.index);
            attempts += one.attempts;
            bool const unknown = one.failure.is<OutcomeUnknownError>();
            if (!one.failure.cancelled() && !unknown) return "failed by itself: " + one.failure.what();
            if (unknown && manner_ != Manner::unknown) return "an unknown outcome from nowhere";
            bool const unsent = one.failure.delivery() == Delivery::not_sent;
            if (one.attempts == 0 && !unsent) return "never called, but sent";
        }
        for (int i = 0; i < size; ++i) {
            auto const times = seen[static_cast<std::size_t>(i)];
            if (times != (i < known ? 1 : 0))
                return std::to_string(i) + " is there " + std::to_string(times) + " times";
        }
        return attempts == calls_ ? "" : "calls are not counted";
    }

    Manner manner_;
    asio::cancellation_type type_;
    int cancel_at_;
    int point_ = 0;
    bool cancelled_ = false;
    int taken_ = 0;
    int calls_ = 0;
    int alive_ = 0;
    std::array<bool, size> failed_once_{};
    World world_;
    tests::Running<BulkResults<int>> running_;
};

}  // namespace

TEST_CASE("a bulk cancelled at any point accounts for each operation once and starts no more") {
    int tried = 0;
    int succeeded = 0;
    for (bool const knows_size : {true, false}) {
        for (auto const manner : {Manner::plain, Manner::own_error, Manner::unknown, Manner::deaf}) {
            CancelledBulk undisturbed{knows_size, manner, terminal, -1};
            CHECK(undisturbed.problem(knows_size) == "");
            CHECK(undisturbed.succeeded());
            for (auto const type : {terminal, partial, total}) {
                for (int at = 0; at < undisturbed.points(); ++at) {
                    INFO("size " << knows_size << ", manner " << static_cast<int>(manner) << ", cancellation type "
                                 << static_cast<int>(type) << ", point " << at << " of " << undisturbed.points());
                    CancelledBulk run{knows_size, manner, type, at};
                    CHECK(run.problem(knows_size) == "");
                    succeeded += run.succeeded();
                    ++tried;
                }
            }
        }
    }
    CHECK(tried > 1000);
    CHECK(succeeded > 0);          // all values had arrived
    CHECK(succeeded < tried / 4);  // otherwise nothing was cancelled
}

TEST_CASE("an operation of a cancelled bulk ends as it would outside a bulk") {
    auto const work = [](CancelledRun& run) {
        std::vector const one{[&run] { return run.operation(); }};
        return first_of({.policy = patient_policy(run.observer())}, one);
    };
    for (auto const manner : tests::all_manners) {
        for (int const failures : {0, 1, 2, 5}) {
            tests::SweepOptions options{.failures = failures, .behind_a_strand = true, .manner = manner};
            CancelledRun undisturbed{options, work};
            for (options.cancel_at = 0; options.cancel_at <= undisturbed.points(); ++options.cancel_at) {
                INFO("manner " << static_cast<int>(manner) << ", " << failures << " failures, point "
                               << options.cancel_at << " of " << undisturbed.points());
                CancelledRun run{options, work};
                auto const problem = run.problem(undisturbed);
                CHECK(problem == "");
            }
        }
    }
}

TEST_CASE("an exception of an operation in a bulk is stored in the results unchanged, or retried if transient") {
    auto const around = [](auto operation) {
        return [operation](Rig& rig) {
            std::vector const one{[&rig, operation] { return operation(rig); }};
            return first_of({.policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 5}}}, one);
        };
    };
    auto const check = [](Rig& rig, Fault fault, int at) {
        if (fault == Fault::transient) {
            CHECK(rig.out.value == 42);
            CHECK(rig.calls == at + 1);
        } else {
            CHECK(tests::is_unchanged(rig.out.failure, fault));
            CHECK(rig.calls == at);
        }
    };
    tests::sweep({{"at once", around([](Rig& rig) { return rig.throwing_at_once(); })},
                  {"without a pause", around([](Rig& rig) { return rig.faulty(false); })},
                  {"after a pause", around([](Rig& rig) { return rig.faulty(true); })}},
                 check);
}

TEST_CASE("an exception of a range is nested in the error of the bulk") {
    auto const work = [](Rig& rig) -> asio::awaitable<int> {
        auto const make = [&rig](int) {
            rig.here();
            return [&rig] { return rig.working(); };
        };
        auto const all = std::views::iota(0, 5) | std::views::transform(make);
        BulkRetryManager const bulk{{.max_concurrency = 1}};
        BulkResults<int> const results = co_await bulk.execute_bulk(all);
        co_return static_cast<int>(results.successful.size());
    };
    tests::sweep({{"range", work}}, [](Rig& rig, Fault fault, int at) {
        CHECK(rig.out.failure.is<BulkRetryError>());
        CHECK(tests::is_unchanged(rig.out.failure.cause(), fault));
        CHECK(tests::contains(rig.out.failure.what(), std::to_string(at - 1) + " succeeded"));
    });
}

TEST_CASE("an exception of on_progress has no effect") {
    auto const work = [](Rig& rig) -> asio::awaitable<int> {
        auto const note = [&rig](BulkProgress const&) { rig.here(); };
        BulkRetryManager const bulk{{.on_progress = note}};
        std::vector const all(3, [&rig] { return rig.working(); });
        BulkResults<int> const results = co_await bulk.execute_bulk(all);
        co_return static_cast<int>(results.successful.size());
    };
    tests::sweep({{"on_progress", work}}, [](Rig& rig, Fault, int) { CHECK(rig.out.value == 3); });
}
