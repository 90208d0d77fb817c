// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_VIRTUAL_WORLD_HPP
#define ZENOO_RPC_TESTING_VIRTUAL_WORLD_HPP

#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/testing/virtual_time.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <variant>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc::testing {

/// The outcome of a coroutine, and the virtual time it took.
template <class T>
struct Outcome {
    using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

    std::optional<Value> value;
    Failure failure;  ///< the exception, if it threw one
    Duration elapsed = Duration::zero();
    bool ended = false;
};

/// A started coroutine, which can be cancelled.
template <class T>
class Running {
public:
    void cancel(asio::cancellation_type type = asio::cancellation_type::terminal) { signal_->emit(type); }
    Outcome<T>& outcome() { return *outcome_; }
    bool ended() const { return outcome_->ended; }

private:
    friend class VirtualWorld;

    explicit Running(std::shared_ptr<asio::cancellation_signal> signal) : signal_{std::move(signal)} {}

    std::shared_ptr<asio::cancellation_signal> signal_;
    std::shared_ptr<Outcome<T>> outcome_ = std::make_shared<Outcome<T>>();
};

/// An `io_context` in virtual time, for tests of coroutines: nothing in it blocks.
///
/// Threads: everything runs in the calling thread.
class VirtualWorld {
public:
    asio::io_context io;
    VirtualTime time{io};

    /// Passes `concurrency_hint` to the context; with 1, limits use no strand.
    explicit VirtualWorld(int concurrency_hint = BOOST_ASIO_CONCURRENCY_HINT_DEFAULT) : io{concurrency_hint} {
        time.advance(std::chrono::hours{1});  // so that a missing start time is noticed
    }

    /// Starts `work` with all types of cancellation enabled. It first runs when `time` runs.
    template <class T>
    Running<T> start(asio::awaitable<T> work) {
        return start_on(io.get_executor(), std::move(work));
    }
    /// Starts `work` on `executor`, with all types of cancellation enabled.
    template <class T>
    Running<T> start_on(asio::any_io_executor executor, asio::awaitable<T> work) {
        auto signal = std::make_shared<asio::cancellation_signal>();
        Running<T> running{signal};
        asio::co_spawn(executor, watch(std::move(work), running.outcome_),
                       asio::bind_cancellation_slot(signal->slot(), [signal](std::exception_ptr) {}));
        return running;
    }

    /// Runs `work` until nothing is left to do. Throws `std::logic_error` if it has not completed by then.
    template <class T>
    Outcome<T> run(asio::awaitable<T> work) {
        auto running = start(std::move(work));
        time.run();
        if (!running.ended()) throw std::logic_error{"the coroutine waits for an event that never occurs"};
        return std::move(running.outcome());
    }

    /// Runs an operation wrapped in `layers` until nothing is left to do.
    template <class Layers, class Op>
    auto run(Layers const& layers, Op const& operation) {
        return run(layers(operation));
    }
    /// Starts an operation wrapped in `layers`.
    template <class Layers, class Op>
    auto start(Layers const& layers, Op const& operation) {
        return start(layers(operation));
    }

    /// Returns true if nothing is pending: neither work nor timers.
    bool idle() {
        auto const before = time.now();
        time.run();
        return io.stopped() && time.now() == before;
    }

private:
    template <class T>
    asio::awaitable<void> watch(asio::awaitable<T> work, std::shared_ptr<Outcome<T>> outcome) {
        co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
        auto const started = time.now();
        try {
            if constexpr (std::is_void_v<T>) {
                co_await std::move(work);
                outcome->value.emplace();
            } else {
                outcome->value.emplace(co_await std::move(work));
            }
        } catch (...) {
            outcome->failure = Failure{std::current_exception()};
        }
        co_await asio::this_coro::throw_if_cancelled(false);  // co_spawn would throw where nothing catches
        outcome->elapsed = time.now() - started;
        outcome->ended = true;
    }
};

}  // namespace zenoo_rpc::testing
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_TESTING_VIRTUAL_WORLD_HPP
