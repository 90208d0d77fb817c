// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_VIRTUAL_WORLD_HPP
#define ZENOO_RPC_TESTING_VIRTUAL_WORLD_HPP

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

namespace zenoo_rpc::testing {

/// What came of a coroutine, and how much virtual time it took.
template <class T>
struct Outcome {
    using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

    std::optional<Value> value;
    Failure failure;  ///< what it threw
    Duration elapsed = Duration::zero();
    bool ended = false;
};

/// A coroutine that was started and can be cancelled.
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

/// An `io_context` in virtual time, for tests of coroutines: nothing in it waits.
///
/// Threads: all in the one that calls.
class VirtualWorld {
public:
    asio::io_context io;
    VirtualTime time{io};

    /// The hint is that of the context; with 1, limits do without a strand.
    explicit VirtualWorld(int concurrency_hint = BOOST_ASIO_CONCURRENCY_HINT_DEFAULT) : io{concurrency_hint} {
        time.advance(std::chrono::hours{1});  // so that a forgotten starting time is seen
    }

    /// Starts `work`, which admits every kind of cancellation. Nothing of it runs before time does.
    template <class T>
    Running<T> start(asio::awaitable<T> work) {
        return start_on(io.get_executor(), std::move(work));
    }
    template <class T>
    Running<T> start_on(asio::any_io_executor executor, asio::awaitable<T> work) {
        auto signal = std::make_shared<asio::cancellation_signal>();
        Running<T> running{signal};
        asio::co_spawn(executor, watch(std::move(work), running.outcome_),
                       asio::bind_cancellation_slot(signal->slot(), [signal](std::exception_ptr) {}));
        return running;
    }

    /// Runs `work` until nothing is left to do. Throws `std::logic_error` if it waits for what never comes.
    template <class T>
    Outcome<T> run(asio::awaitable<T> work) {
        auto running = start(std::move(work));
        time.run();
        if (!running.ended()) throw std::logic_error{"the coroutine never ended"};
        return std::move(running.outcome());
    }

    /// The same with an operation and the layers around it.
    template <class Layers, class Op>
    auto run(Layers const& layers, Op const& operation) {
        return run(layers(operation));
    }
    template <class Layers, class Op>
    auto start(Layers const& layers, Op const& operation) {
        return start(layers(operation));
    }

    /// True if nobody waits for anything: neither work nor time is left.
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
        co_await asio::this_coro::throw_if_cancelled(false);  // co_spawn would throw where nobody catches
        outcome->elapsed = time.now() - started;
        outcome->ended = true;
    }
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_VIRTUAL_WORLD_HPP
