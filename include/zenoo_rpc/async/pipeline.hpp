// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_PIPELINE_HPP
#define ZENOO_RPC_ASYNC_PIPELINE_HPP

#include <zenoo_rpc/async/detail/own.hpp>
#include <zenoo_rpc/async/detail/stage.hpp>
#include <zenoo_rpc/async/gate.hpp>
#include <zenoo_rpc/async/operation.hpp>

#include <tuple>
#include <utility>

namespace zenoo_rpc {

/// A chain of layers, outermost first. Called with an operation, it returns an awaitable of the operation's result.
///
/// Lifetime: executions own copies of policies and of the operation, and borrow circuit breakers and recorders.
/// Threads: may be called concurrently; executions are independent.
template <class... Layers>
class Pipeline {
public:
    explicit Pipeline(Layers... layers) : layers_{std::move(layers)...} {}

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
        return joined(std::move(outer), std::move(inner));
    }

private:
    template <class...>
    friend class Pipeline;

    explicit Pipeline(std::tuple<Layers...> layers) : layers_{std::move(layers)} {}

    template <class... Inner>
    static Pipeline<Layers..., Inner...> joined(Pipeline&& outer, Pipeline<Inner...>&& inner) {
        return Pipeline<Layers..., Inner...>{std::tuple_cat(std::move(outer.layers_), std::move(inner.layers_))};
    }

    template <class Op>
    auto run(Op operation) const {
        return detail::build<sizeof...(Layers)>(layers_, detail::Gates<>{}, std::move(operation)).start();
    }

    std::tuple<Layers...> layers_;
};

/// Layer with a user-defined gate; see `gate`.
template <Gate G>
class GateOf {
public:
    explicit GateOf(G gate) : gate_{std::move(gate)} {}
    G gate() const { return gate_; }

private:
    G gate_;
};
/// Returns a layer that passes calls through a user-defined gate.
template <Gate G>
Pipeline<GateOf<G>> gate(G gate) {
    return Pipeline{GateOf<G>{std::move(gate)}};
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_PIPELINE_HPP
