// SPDX-License-Identifier: BSL-1.0
// Breaker and model side by side, through anything that callers, time and operators may do to them in any order.
#include "breaker/circuit_model.hpp"

#include "support/catch.hpp"
#include "support/holds.hpp"
#include "support/manual_clock.hpp"

#include <zenoo_rpc/breaker/circuit_breaker.hpp>

#include <boost/system/errc.hpp>
#include <rapidcheck/state.h>

#include <cstddef>
#include <optional>
#include <ostream>
#include <rapidcheck.h>
#include <utility>
#include <vector>

using namespace zenoo_rpc;
using tests::CircuitModel;
using tests::Ending;

namespace {

namespace gen = rc::gen;

char const* to_string(Ending ending) {
    switch (ending) {
        case Ending::success: return "success";
        case Ending::failure: return "failure";
        case Ending::unexpected: return "unexpected failure";
        case Ending::cancelled: return "cancelled";
        case Ending::dropped: return "dropped";
    }
    return "?";
}

/// A breaker, its clock, and the permits that it gave.
struct Subject {
    explicit Subject(CircuitBreakerOptions options) : breaker{std::move(options)} {}

    tests::ManualClock clock;
    CircuitBreaker breaker;
    std::vector<CircuitBreaker::Permit> permits;

    void settle(std::size_t which, Ending ending) {
        auto const place = permits.begin() + static_cast<std::ptrdiff_t>(which);
        auto permit = std::move(*place);
        std::vector<CircuitBreaker::Permit> others;
        for (auto one = permits.begin(); one != permits.end(); ++one) {
            if (one != place) others.push_back(std::move(*one));
        }
        permits.swap(others);
        switch (ending) {
            case Ending::success: return permit.settle();
            case Ending::failure: return permit.settle(Errc::network_error);
            case Ending::unexpected: return permit.settle(Errc::user_error);
            case Ending::cancelled: return permit.settle(make_error_code(boost::system::errc::operation_canceled));
            case Ending::dropped: return;
        }
    }
    void agree_with(CircuitModel const& model) const {
        RC_ASSERT(breaker.state() == model.state());
        RC_ASSERT(breaker.retry_after() == model.retry_after());
        RC_ASSERT(permits.size() == model.permits());
    }
};

/// What is done to both, after which they must agree.
struct Step : rc::state::Command<CircuitModel, Subject> {
    void run(CircuitModel const& before, Subject& subject) const override {
        act(subject);
        subject.agree_with(nextState(before));
    }
    virtual void act(Subject& subject) const = 0;
};

struct Ask : Step {
    void apply(CircuitModel& model) const override { model.ask(); }
    void act(Subject& subject) const override {
        if (auto permit = subject.breaker.try_acquire(subject.clock)) subject.permits.push_back(std::move(*permit));
    }
    void show(std::ostream& stream) const override { stream << "ask"; }
};

struct Settle : Step {
    explicit Settle(CircuitModel const& model) {
        RC_PRE(model.permits() > 0);
        which = *gen::inRange<std::size_t>(0, model.permits());
        ending = *gen::weightedElement<Ending>({{6, Ending::failure},
                                                {4, Ending::success},
                                                {1, Ending::unexpected},
                                                {1, Ending::cancelled},
                                                {1, Ending::dropped}});
    }
    void checkPreconditions(CircuitModel const& model) const override { RC_PRE(which < model.permits()); }
    void apply(CircuitModel& model) const override { model.settle(which, ending); }
    void act(Subject& subject) const override { subject.settle(which, ending); }
    void show(std::ostream& stream) const override { stream << "settle " << which << ": " << to_string(ending); }

    std::size_t which;
    Ending ending;
};

struct Pass : Step {
    void apply(CircuitModel& model) const override { model.pass(Duration{time}); }
    void act(Subject& subject) const override { subject.clock.advance(Duration{time}); }
    void show(std::ostream& stream) const override { stream << "pass " << time << " ns"; }

    int time = *gen::inRange(1, 7);
};

struct ByHand : Step {
    void apply(CircuitModel& model) const override { opens ? model.open() : model.close(); }
    void act(Subject& subject) const override {
        if (opens) return subject.breaker.open();
        resets ? subject.breaker.reset() : subject.breaker.close();
    }
    void show(std::ostream& stream) const override { stream << (opens ? "open" : resets ? "reset" : "close"); }

    bool opens = *gen::arbitrary<bool>();
    bool resets = *gen::arbitrary<bool>();
};

/// Calls are frequent, hands rare.
auto any_step(CircuitModel const& model) {
    using Steps = rc::Gen<std::shared_ptr<rc::state::Command<CircuitModel, Subject> const>>;
    Steps const often = rc::state::gen::execOneOfWithArgs<Ask, Settle>()(model);
    Steps const seldom = rc::state::gen::execOneOfWithArgs<Pass, Pass, Pass, ByHand>()(model);
    return gen::weightedOneOf<std::shared_ptr<rc::state::Command<CircuitModel, Subject> const>>(
        {{6, often}, {1, seldom}});
}

/// Small numbers, so that every edge is met often.
CircuitBreakerOptions any_options() {
    return {.failure_threshold = *gen::inRange(1, 5),
            .recovery_timeout = Duration{*gen::inRange(0, 9)},
            .half_open_max_calls = *gen::inRange(1, 4),
            .success_threshold = *gen::inRange(1, 4)};
}

}  // namespace

TEST_CASE("a circuit breaker does what the model of its rules does, whatever happens in whatever order", "[model]") {
    CHECK(tests::holds([] {
        auto const options = any_options();
        Subject subject{options};
        rc::state::check(CircuitModel{options}, subject, any_step);
    }));
}
