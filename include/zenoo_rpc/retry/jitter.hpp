// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_JITTER_HPP
#define ZENOO_RPC_RETRY_JITTER_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/core/detail/check.hpp>
#include <zenoo_rpc/core/random.hpp>

#include <concepts>

namespace zenoo_rpc {

/// Randomizes a delay, so that clients that failed together do not retry together.
template <class J>
concept Jitter = std::copy_constructible<J> && requires(J& jitter, Duration delay) {
    { jitter(delay) } -> std::same_as<Duration>;
};

/// A source of numbers in [0, 1).
template <class R>
concept UnitRandom = std::copy_constructible<R> && requires(R& random) {
    { random() } -> std::convertible_to<double>;
};

/// Leaves the delay unchanged.
struct NoJitter {
    constexpr Duration operator()(Duration delay) const noexcept { return delay; }
};

/// Picks a random delay in [0, delay].
template <UnitRandom Random = ThreadRandom>
struct FullJitter {
    [[no_unique_address]] Random random = {};

    Duration operator()(Duration delay) { return scaled(delay, random()); }
};

/// Picks a random delay in [delay / 2, delay].
template <UnitRandom Random = ThreadRandom>
struct EqualJitter {
    [[no_unique_address]] Random random = {};

    Duration operator()(Duration delay) {
        auto const half = delay / 2;
        return saturating_add(half, scaled(delay - half, random()));
    }
};

/// Picks a random delay in [delay * (1 - factor), delay * (1 + factor)].
template <UnitRandom Random = ThreadRandom>
struct ProportionalJitter {
    double factor = 0.25;  ///< between 0 and 1
    [[no_unique_address]] Random random = {};

    Duration operator()(Duration delay) { return scaled(delay, 1.0 + factor * (2.0 * random() - 1.0)); }
    void check() const { detail::check_each(detail::Fraction{"ProportionalJitter::factor", factor}); }
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_JITTER_HPP
