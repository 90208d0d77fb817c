// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_SCRIPTED_OPERATION_HPP
#define ZENOO_RPC_TESTING_SCRIPTED_OPERATION_HPP

#include <zenoo_rpc/async/async_sleep.hpp>
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

namespace zenoo_rpc::testing {

/// An operation that does at each call what a script says:
///
///     ScriptedOperation<int> server;
///     server.fails(NetworkError{"down"}).fails(Errc::timed_out, 2s).returns(7);
///     world.run(async_retry(policy, server.operation()));
///
/// Lifetime: must outlive what `operation` gives.
template <class T>
class ScriptedOperation {
    using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

public:
    /// The next call takes so long and then throws.
    ScriptedOperation& fails(Failure failure, Duration after = Duration::zero()) {
        steps_.push_back({after, std::move(failure)});
        return *this;
    }
    template <std::derived_from<std::exception> E>
    ScriptedOperation& fails(E exception, Duration after = Duration::zero()) {
        return fails(Failure{std::make_exception_ptr(std::move(exception))}, after);
    }
    /// The next call takes so long and then yields `value`.
    ScriptedOperation& returns(Value value = {}, Duration after = Duration::zero()) {
        steps_.push_back({after, std::move(value)});
        return *this;
    }

    /// May be copied, and called whenever an operation is wanted.
    auto operation() {
        return [this] { return call(); };
    }
    /// How often it was called.
    int calls() const noexcept { return static_cast<int>(calls_); }

private:
    struct Step {
        Duration after;
        std::variant<Failure, Value> ending;
    };

    asio::awaitable<T> call() {
        auto const number = calls_++;
        if (number >= steps_.size()) {
            throw std::logic_error{"the script has " + std::to_string(steps_.size()) + " steps, and no more"};
        }
        if (steps_[number].after > Duration::zero()) co_await async_sleep(steps_[number].after);
        if (auto const* failure = std::get_if<Failure>(&steps_[number].ending)) failure->raise();
        if constexpr (!std::is_void_v<T>) co_return std::get<Value>(std::move(steps_[number].ending));
    }

    std::vector<Step> steps_;
    std::size_t calls_ = 0;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_SCRIPTED_OPERATION_HPP
