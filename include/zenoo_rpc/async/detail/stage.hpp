// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_STAGE_HPP
#define ZENOO_RPC_ASYNC_DETAIL_STAGE_HPP

#include <zenoo_rpc/async/detail/gated_call.hpp>
#include <zenoo_rpc/async/detail/gates.hpp>
#include <zenoo_rpc/async/detail/outermost.hpp>
#include <zenoo_rpc/async/operation.hpp>

#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace zenoo_rpc::detail {

/// A layer that provides a gate for the driver outside it. The gate borrows from the layer.
template <class L>
concept GateLayer = requires(L const& layer) {
    { layer.gate() } -> Gate;
};

/// Refers to an operation in the frame of an outer coroutine.
template <class Op>
class OperationRef {
public:
    explicit OperationRef(Op& operation) noexcept : operation_{&operation} {}
    auto operator()(RetryContext const& context) const { return invoke_operation(*operation_, context); }

private:
    Op* operation_;
};

/// A driver, the gates inside it, and the operation behind them; an operation itself.
///
/// The outermost stage is moved into its own coroutine by `start`; any other lives in the frame of the stage outside
/// it, and its coroutine refers to it.
template <class Driver, class Gates, class Op>
class Stage {
public:
    Stage(Driver driver, Gates gates, Op operation)
        : driver_{std::forward<Driver>(driver)}, gates_{std::move(gates)}, operation_{std::move(operation)} {}

    auto operator()(RetryContext const& context) {
        return driver_.template run<OperationResult<Op>>(gates_, OperationRef{operation_}, context);
    }
    auto start() && {
        return driver_.template run<OperationResult<Op>>(std::move(gates_), std::move(operation_), Outermost{});
    }

private:
    Driver driver_;
    [[no_unique_address]] Gates gates_;
    Op operation_;
};

/// Driver for gates that no other driver takes: passes calls through without retries.
struct PassOn {
    template <class T, class Gates, class Op>
    auto run(Gates gates, Op operation, RetryContext const& context) const {
        return gated_call<T>(std::move(gates), std::move(operation), context);
    }
};

/// Builds the stages from the innermost layer outwards: gates are collected until a driver takes them into its frame.
template <std::size_t Left, class Layers, class Gates, class Op>
auto build(Layers const& layers, Gates gates, Op operation) {
    if constexpr (Left == 0) {
        if constexpr (std::same_as<Gates, detail::Gates<>>) {
            return operation;
        } else {
            return Stage<PassOn, Gates, Op>{PassOn{}, std::move(gates), std::move(operation)};
        }
    } else {
        auto const& layer = std::get<Left - 1>(layers);
        using Layer = std::remove_cvref_t<decltype(layer)>;
        if constexpr (GateLayer<Layer>) {
            return build<Left - 1>(layers, gates.behind(layer.gate()), std::move(operation));
        } else {
            // The outermost is started before this expression ends: its coroutine takes the only copy of the driver.
            using Driver = std::conditional_t<Left == 1, Layer const&, Layer>;
            Stage<Driver, Gates, Op> stage{layer, std::move(gates), std::move(operation)};
            return build<Left - 1>(layers, detail::Gates<>{}, std::move(stage));
        }
    }
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_STAGE_HPP
