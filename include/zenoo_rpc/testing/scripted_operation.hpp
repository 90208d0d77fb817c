// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_SCRIPTED_OPERATION_HPP
#define ZENOO_RPC_TESTING_SCRIPTED_OPERATION_HPP

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/core/failure.hpp>

#include <concepts>
#include <cstddef>
#include <exception>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc::testing {

/// An operation whose calls follow a script, one step per call:
///
///     ScriptedOperation<int> server;
///     server.fails(NetworkError{"down"}).fails(Errc::timed_out, 2s).returns(7);
///     world.run(async_retry(policy, server.operation()));
///
/// Lifetime: must outlive the operations that `operation` returns.
template <class T>
class ScriptedOperation {
    using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

public:
    /// Adds a step: the call takes `after` and then throws.
    ScriptedOperation& fails(Failure failure, Duration after = Duration::zero()) {
        steps_.push_back({after, std::move(failure)});
        return *this;
    }
    template <std::derived_from<std::exception> E>
    ScriptedOperation& fails(E exception, Duration after = Duration::zero()) {
        return fails(Failure{std::make_exception_ptr(std::move(exception))}, after);
    }
    /// Adds a step: the call takes `after` and then returns `value`.
    ScriptedOperation& returns(Value value = {}, Duration after = Duration::zero()) {
        steps_.push_back({after, std::move(value)});
        return *this;
    }

    /// Returns the operation; each call of it is one step. It may be copied.
    auto operation() {
        return [this] { return call(); };
    }
    /// Returns the number of calls so far.
    int calls() const noexcept { return static_cast<int>(calls_); }

private:
    struct Step {
        Duration after;
        std::variant<Failure, Value> outcome;
    };

    asio::awaitable<T> call() {
        auto const number = calls_++;
        if (number >= steps_.size()) {
            throw std::logic_error{"script exhausted: no step for call " + std::to_string(calls_)
                                   + " (steps: " + std::to_string(steps_.size()) + ")"};
        }
        if (steps_[number].after > Duration::zero()) co_await async_sleep(steps_[number].after);
        if (auto const* failure = std::get_if<Failure>(&steps_[number].outcome)) failure->raise();
        if constexpr (!std::is_void_v<T>) co_return std::get<Value>(std::move(steps_[number].outcome));
    }

    std::vector<Step> steps_;
    std::size_t calls_ = 0;
};

}  // namespace zenoo_rpc::testing
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_TESTING_SCRIPTED_OPERATION_HPP
