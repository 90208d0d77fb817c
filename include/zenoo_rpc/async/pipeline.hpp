// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_PIPELINE_HPP
#define ZENOO_RPC_ASYNC_PIPELINE_HPP

#include <zenoo_rpc/async/detail/gated_call.hpp>
#include <zenoo_rpc/async/gates.hpp>
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/async/own.hpp>

#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace zenoo_rpc {

namespace detail {

/// A layer that gives a gate to the driver outside it. The gate borrows what the layer owns.
template <class L>
concept GateLayer = requires(L const& layer) {
    { layer.gate() } -> Gate;
};

/// A driver with the gates inside it and what they lead to: an operation again.
///
/// As the outermost one it is copied into its own coroutine by `start`; any other lives in the frame of the one
/// outside it, and its coroutine refers to it.
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

/// What drives gates that no driver stands before.
struct PassOn {
    template <class T, class Gates, class Op>
    auto run(Gates gates, Op operation, RetryContext const& context) const {
        return gated_call<T>(std::move(gates), std::move(operation), context);
    }
};

/// Builds the stages from the innermost layer outwards: gates gather until a driver takes them into its frame.
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

}  // namespace detail

/// A chain of layers, outermost first: a function from operation to awaitable.
///
/// Lifetime: executions own copies of policies and of the operation, and borrow circuit breakers and recorders.
/// Threads: may be called concurrently; each execution is for itself.
template <class... Layers>
class Pipeline {
public:
    explicit Pipeline(Layers... layers) : layers_{std::move(layers)...} {}
    explicit Pipeline(std::tuple<Layers...> layers) : layers_{std::move(layers)} {}

    /// Runs `operation` through all layers.
    template <class Op>
        requires Operation<detail::owned_t<Op>>
    auto operator()(Op&& operation) const& {
        return run(detail::own(std::forward<Op>(operation)));
    }
    template <class Op>
        requires Operation<detail::owned_t<Op>>
    auto operator()(Op&& operation) && {
        static_assert(detail::destroyed_once<std::tuple<Layers...>>,
                      "g++-12 would destroy this temporary layer twice: give it a name first");
        return run(detail::own(std::forward<Op>(operation)));
    }

    template <class... Inner>
    friend Pipeline<Layers..., Inner...> operator|(Pipeline outer, Pipeline<Inner...> inner) {
        return Pipeline<Layers..., Inner...>{std::tuple_cat(std::move(outer.layers_), std::move(inner).layers())};
    }

    std::tuple<Layers...> layers() && { return std::move(layers_); }

private:
    template <class Op>
    auto run(Op operation) const {
        return detail::build<sizeof...(Layers)>(layers_, detail::Gates<>{}, std::move(operation)).start();
    }

    std::tuple<Layers...> layers_;
};

/// A gate of the user's own as a layer.
template <Gate G>
class GateOf {
public:
    explicit GateOf(G gate) : gate_{std::move(gate)} {}
    G gate() const { return gate_; }

private:
    G gate_;
};
template <Gate G>
Pipeline<GateOf<G>> gate(G gate) {
    return Pipeline{GateOf<G>{std::move(gate)}};
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_PIPELINE_HPP
