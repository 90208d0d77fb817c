// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_FAULT_SWEEP_HPP
#define ZENOO_RPC_TESTS_SUPPORT_FAULT_SWEEP_HPP

#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/breaker/circuit_breaker.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/retry_metrics.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <new>
#include <stdexcept>
#include <type_traits>
#include <typeinfo>
#include <vector>

namespace zenoo_rpc::tests {

enum class Fault { runtime_error, number, transient, permanent, unknown_outcome, bad_alloc };
inline constexpr Fault all_faults[] = {Fault::runtime_error, Fault::number,          Fault::transient,
                                       Fault::permanent,     Fault::unknown_outcome, Fault::bad_alloc};

[[noreturn]] inline void raise(Fault fault) {
    switch (fault) {
        case Fault::runtime_error: throw std::runtime_error{"fault"};
        case Fault::number: throw 42;
        case Fault::transient: throw TimeoutError{"fault"};
        case Fault::permanent: throw AccessError{"fault"};
        case Fault::unknown_outcome: throw OutcomeUnknownError{"fault"};
        case Fault::bad_alloc: throw std::bad_alloc{};
    }
    throw std::logic_error{"unknown fault"};
}

template <class E>
bool throws_exactly(Failure const& failure) {
    try {
        failure.raise();
    } catch (E const& error) {
        if constexpr (std::is_class_v<E>) return typeid(error) == typeid(E);
        return true;
    } catch (...) {
        return false;
    }
}

inline bool is_unchanged(Failure const& failure, Fault fault) {
    switch (fault) {
        case Fault::runtime_error: return throws_exactly<std::runtime_error>(failure);
        case Fault::number: return throws_exactly<int>(failure);
        case Fault::transient: return throws_exactly<TimeoutError>(failure);
        case Fault::permanent: return throws_exactly<AccessError>(failure);
        case Fault::unknown_outcome: return throws_exactly<OutcomeUnknownError>(failure);
        case Fault::bad_alloc: return throws_exactly<std::bad_alloc>(failure);
    }
    return false;
}

/// One run with one fault.
class Rig {
public:
    using Work = std::function<asio::awaitable<int>(Rig&)>;

    Rig(Fault fault, int at) : fault_{fault}, at_{at} {}

    void run(Work const& work) {
        auto const guarded = [](Rig& rig, Work const& inner) -> asio::awaitable<int> { co_return co_await inner(rig); };
        out = world_.run(guarded(*this, work));
        CHECK(alive_ == 0);
        CHECK(world_.idle());
        CHECK(breaker->is_closed());
        auto const clock = asio::use_service<TimeService>(world_.io).clock();
        CHECK(breaker->try_acquire(*clock).has_value());
    }

    /// Throws the fault at the visit given to the constructor.
    void here() {
        if (++visits_ != at_) return;
        fired = true;
        raise(fault_);
    }
    asio::awaitable<int> failing() {
        ++calls;
        Alive const alive{*this};
        co_await async_sleep(std::chrono::seconds{1});
        throw NetworkError{"down"};
    }
    /// Throws the fault at one call; fails before it and succeeds after it.
    asio::awaitable<int> faulty(bool suspends) {
        ++calls;
        Alive const alive{*this};
        if (suspends) co_await async_sleep(std::chrono::seconds{1});
        here();
        if (calls < at_) throw NetworkError{"down"};
        co_return 42;
    }
    asio::awaitable<int> throwing_at_once() {
        ++calls;
        here();
        return working(calls < at_);
    }

    asio::awaitable<int> working(bool fails = false) {
        Alive const alive{*this};
        co_await async_sleep(std::chrono::seconds{1});
        if (fails) throw NetworkError{"down"};
        co_return 42;
    }

    Outcome<int> out;
    int calls = 0;
    bool fired = false;
    std::shared_ptr<CircuitBreaker> breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{
        .failure_threshold = 10, .expected = [this](Failure const& failure) { return expects(failure); }});
    std::shared_ptr<MetricsRecorder> recorder = std::make_shared<MetricsRecorder>();
    bool breaker_is_faulty = false;

private:
    struct Alive {
        explicit Alive(Rig& r) : rig{r} { ++rig.alive_; }
        Alive(Alive const&) = delete;
        Alive& operator=(Alive const&) = delete;
        ~Alive() { --rig.alive_; }
        Rig& rig;
    };

    bool expects(Failure const& failure) {
        if (breaker_is_faulty) here();
        return failure.transient();
    }

    Fault fault_;
    int at_;
    int visits_ = 0;
    int alive_ = 0;
    World world_;
};

/// A place for a fault, in some work.
struct Place {
    char const* name;
    Rig::Work work;
};

/// Runs the work of each place with each fault at each of the first three visits, and calls `check` after each run.
template <class Check>
void sweep(std::vector<Place> const& places, Check check) {
    for (auto const& [name, work] : places) {
        for (Fault const fault : all_faults) {
            for (int const at : {1, 2, 3}) {
                INFO(name << ", fault " << static_cast<int>(fault) << ", visit " << at);
                Rig rig{fault, at};
                rig.run(work);
                CHECK(rig.fired);
                check(rig, fault, at);
            }
        }
    }
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_FAULT_SWEEP_HPP
