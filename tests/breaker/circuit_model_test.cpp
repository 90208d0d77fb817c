// SPDX-License-Identifier: BSL-1.0
// Compares breaker and model under arbitrary sequences of calls, time and manual operations.
#include "breaker/circuit_model.hpp"

#include "support/catch.hpp"
#include "support/holds.hpp"
#include "support/manual_clock.hpp"

#include <zenoo_rpc/breaker/advanced_circuit_breaker.hpp>
#include <zenoo_rpc/retry/linear_backoff.hpp>

#include <boost/system/errc.hpp>
#include <rapidcheck/state.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <ostream>
#include <rapidcheck.h>
#include <utility>
#include <vector>

using namespace zenoo_rpc;
using tests::CircuitModel;
using tests::Outcome;

namespace {

namespace gen = rc::gen;

char const* to_string(Outcome outcome) {
    switch (outcome) {
        case Outcome::success: return "success";
        case Outcome::failure: return "failure";
        case Outcome::unexpected: return "unexpected failure";
        case Outcome::cancelled: return "cancelled";
        case Outcome::dropped: return "dropped";
    }
    return "?";
}

/// A breaker, its clock, and the permits it granted.
struct Subject {
    explicit Subject(std::unique_ptr<CircuitBreaker> breaker_) : breaker{std::move(breaker_)} {}

    tests::ManualClock clock;
    std::unique_ptr<CircuitBreaker> breaker;
    std::vector<CircuitBreaker::Permit> permits;

    void ask() {
        if (auto permit = breaker->try_acquire(clock)) {
            permits.push_back(std::move(*permit));
        } else {
            RC_ASSERT(breaker->refusal().retry_after() == breaker->retry_after());
        }
    }
    void settle(std::size_t which, Outcome outcome) {
        auto const place = permits.begin() + static_cast<std::ptrdiff_t>(which);
        auto permit = std::move(*place);
        std::vector<CircuitBreaker::Permit> others;
        for (auto one = permits.begin(); one != permits.end(); ++one) {
            if (one != place) others.push_back(std::move(*one));
        }
        permits.swap(others);
        switch (outcome) {
            case Outcome::success: return permit.settle();
            case Outcome::failure: return permit.settle(Errc::network_error);
            case Outcome::unexpected: return permit.settle(Errc::user_error);
            case Outcome::cancelled: return permit.settle(make_error_code(boost::system::errc::operation_canceled));
            case Outcome::dropped: return;
        }
    }
    void agree_with(CircuitModel const& model) const {
        RC_ASSERT(breaker->state() == model.state());
        RC_ASSERT(breaker->retry_after() == model.retry_after());
        RC_ASSERT(permits.size() == model.permits());
        auto const seen = breaker->statistics();
        auto const expected = model.statistics();
        RC_ASSERT(seen.state == expected.state);
        RC_ASSERT(seen.calls == expected.calls);
        RC_ASSERT(seen.failures == expected.failures);
        RC_ASSERT(seen.slow_calls == expected.slow_calls);
        RC_ASSERT(seen.ignored == expected.ignored);
        RC_ASSERT(seen.stale == expected.stale);
        RC_ASSERT(seen.rejected == expected.rejected);
        RC_ASSERT(seen.openings == expected.openings);
        RC_ASSERT(seen.failure_rate == expected.failure_rate);
        RC_ASSERT(seen.slow_call_rate == expected.slow_call_rate);
    }
};

/// An action applied to both, after which they must agree.
struct Step : rc::state::Command<CircuitModel, Subject> {
    void run(CircuitModel const& before, Subject& subject) const override {
        act(subject);
        subject.agree_with(nextState(before));
    }
    virtual void act(Subject& subject) const = 0;
};

struct Ask : Step {
    void apply(CircuitModel& model) const override { model.ask(); }
    void act(Subject& subject) const override { subject.ask(); }
    void show(std::ostream& stream) const override { stream << "ask"; }
};

struct Settle : Step {
    explicit Settle(CircuitModel const& model) {
        RC_PRE(model.permits() > 0);
        which = *gen::inRange<std::size_t>(0, model.permits());
        outcome = *gen::weightedElement<Outcome>({{6, Outcome::failure},
                                                  {4, Outcome::success},
                                                  {1, Outcome::unexpected},
                                                  {1, Outcome::cancelled},
                                                  {1, Outcome::dropped}});
    }
    void checkPreconditions(CircuitModel const& model) const override { RC_PRE(which < model.permits()); }
    void apply(CircuitModel& model) const override { model.settle(which, outcome); }
    void act(Subject& subject) const override { subject.settle(which, outcome); }
    void show(std::ostream& stream) const override { stream << "settle " << which << ": " << to_string(outcome); }

    std::size_t which;
    Outcome outcome;
};

struct Pass : Step {
    void apply(CircuitModel& model) const override { model.pass(Duration{time}); }
    void act(Subject& subject) const override { subject.clock.advance(Duration{time}); }
    void show(std::ostream& stream) const override { stream << "pass " << time << " ns"; }

    int time = *gen::inRange(1, 7);
};

struct Manual : Step {
    enum class Action { opens, closes, resets };

    void apply(CircuitModel& model) const override { move(model); }
    void act(Subject& subject) const override { move(*subject.breaker); }
    void move(auto& circuit) const {
        switch (action) {
            case Action::opens: return circuit.open();
            case Action::closes: return circuit.close();
            case Action::resets: return circuit.reset();
        }
    }
    void show(std::ostream& stream) const override {
        stream << std::array{"open", "close", "reset"}[std::size_t(action)];
    }

    Action action = *gen::element(Action::opens, Action::closes, Action::resets);
};

using AnyStep = std::shared_ptr<rc::state::Command<CircuitModel, Subject> const>;

/// Calls are frequent, manual operations rare.
rc::Gen<AnyStep> any_step(CircuitModel const& model) {
    auto const often = rc::state::gen::execOneOfWithArgs<Ask, Settle>()(model);
    auto const seldom = rc::state::gen::execOneOfWithArgs<Pass, Pass, Pass, Pass, Pass, Manual>()(model);
    return gen::weightedOneOf<AnyStep>({{5, often}, {1, seldom}});
}

/// Compares the breaker with the model step by step.
void run(std::unique_ptr<CircuitBreaker> breaker, AdvancedCircuitBreakerOptions const& options) {
    Subject subject{std::move(breaker)};
    rc::state::check(CircuitModel{options}, subject, any_step);
}

/// Small numbers, so that every edge case is frequent.
CircuitBreakerOptions any_options() {
    return {.failure_threshold = *gen::inRange(1, 5),
            .recovery_timeout = Duration{*gen::inRange(0, 9)},
            .half_open_max_calls = *gen::inRange(1, 4),
            .success_threshold = *gen::inRange(1, 4)};
}

/// All rates that a few calls can have, and some in between.
std::optional<double> any_rate() { return *gen::element(0.0, 0.2, 0.25, 0.3, 1.0 / 3, 0.5, 0.6, 0.7, 0.75, 1.0); }

AdvancedCircuitBreakerOptions any_advanced_options() {
    auto const basic = any_options();
    AdvancedCircuitBreakerOptions options{.failure_threshold = basic.failure_threshold,
                                          .recovery_timeout = basic.recovery_timeout,
                                          .half_open_max_calls = basic.half_open_max_calls,
                                          .success_threshold = basic.success_threshold};
    switch (*gen::inRange(0, 5)) {
        case 0: return options;  // without a window
        case 1:
        case 2: options.window_size = *gen::inRange(options.failure_threshold, 11); break;
        default: options.window_duration = Duration{*gen::inRange(1, 45)}; break;
    }
    if (*gen::arbitrary<bool>()) options.failure_rate_threshold = any_rate();
    if (*gen::arbitrary<bool>()) options.slow_call_rate_threshold = any_rate();
    options.slow_call_duration = Duration{*gen::inRange(1, 9)};
    options.minimum_calls = *gen::inRange(1, std::max(options.window_size, 10) + 1);
    if (options.window_size > 0) options.minimum_calls = std::min(options.minimum_calls, options.window_size);
    if (*gen::arbitrary<bool>()) {
        options.recovery_strategy = LinearBackoffStrategy{
            .base_delay = Duration{2}, .increment = Duration{3}, .max_delay = Duration{11}, .jitter = NoJitter{}};
    }
    return options;
}

}  // namespace

TEST_CASE("a circuit breaker behaves like its model under any sequence of actions", "[model]") {
    CHECK(tests::holds([] {
        auto const options = any_options();
        run(std::make_unique<CircuitBreaker>(options), {.failure_threshold = options.failure_threshold,
                                                        .recovery_timeout = options.recovery_timeout,
                                                        .half_open_max_calls = options.half_open_max_calls,
                                                        .success_threshold = options.success_threshold});
    }));
}

TEST_CASE("an advanced circuit breaker behaves like its model with any of its rules", "[model]") {
    CHECK(tests::holds([] {
        auto const options = any_advanced_options();
        run(std::make_unique<AdvancedCircuitBreaker>(options), options);
    }));
}
