// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_BY_FAILURE_HPP
#define ZENOO_RPC_RETRY_BY_FAILURE_HPP

#include <zenoo_rpc/retry/failure_predicate.hpp>
#include <zenoo_rpc/retry/retry_strategy.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace zenoo_rpc {

/// A strategy and the failures that it applies to; see `by_failure`.
template <FailurePredicate Applies, Strategy S>
struct FailureCase {
    [[no_unique_address]] Applies applies;
    S strategy;
};

namespace detail {

struct AnyFailure {
    bool operator()(Failure const&) const noexcept { return true; }
};

template <class Case>
inline constexpr bool is_otherwise = false;
template <class S>
inline constexpr bool is_otherwise<FailureCase<AnyFailure, S>> = true;

}  // namespace detail

/// Applies `strategy` to failures that are one of the `E`: `when<ConcurrencyError>(slow)`. For `by_failure`.
template <class... E, Strategy S>
    requires(sizeof...(E) > 0)
FailureCase<FailureIs<E...>, S> when(S strategy) {
    return {{}, std::move(strategy)};
}

/// Applies `strategy` to failures for which `applies` returns true. For `by_failure`.
template <FailurePredicate Applies, Strategy S>
FailureCase<Applies, S> when(Applies applies, S strategy) {
    return {std::move(applies), std::move(strategy)};
}

/// Applies `strategy` to all failures that no earlier case applies to. The last case of `by_failure`.
template <Strategy S>
FailureCase<detail::AnyFailure, S> otherwise(S strategy) {
    return {{}, std::move(strategy)};
}

/// Combines several strategies: the first one that applies to a failure handles it. All count the attempts of the whole
/// execution, so there are never more than the largest `max_attempts` allows.
template <class... Cases>
class ByFailure {
public:
    explicit ByFailure(Cases... cases) : cases_{std::move(cases)...} {}

    std::optional<Duration> next_delay(RetryContext const& context) {
        return with_strategy_for(context.last_failure, [&](auto& strategy) -> std::optional<Duration> {
            return strategy.next_delay(context);
        });
    }

    bool should_retry(int attempt, Failure const& failure) {
        return with_strategy_for(failure,
                                 [&](auto& strategy) { return detail::should_retry(strategy, attempt, failure); });
    }
    /// Delegates to the strategy consulted most recently, or to the last one if none has been.
    Duration get_delay(int attempt) {
        return with_strategy(cases_, current_, [&](auto& strategy) { return detail::get_delay(strategy, attempt); });
    }

    bool decides_alone(Failure const& failure) const {
        return with_strategy(cases_, index_for(failure),
                             [&](auto const& strategy) { return detail::decides_alone(strategy, failure); });
    }
    /// Returns the largest number of attempts that a strategy allows; 0 if one of them does not know its number.
    int max_attempts() const noexcept {
        return std::apply(
            [](auto const&... one) {
                std::array const counts{detail::attempts_of(one.strategy)...};
                return *std::ranges::min_element(counts) == 0 ? 0 : *std::ranges::max_element(counts);
            },
            cases_);
    }
    void check() const {
        std::apply([](auto const&... one) { (detail::check(one.strategy), ...); }, cases_);
    }

private:
    std::size_t index_for(Failure const& failure) const {
        return std::apply(
            [&](auto const&... one) {
                std::size_t index = 0;
                static_cast<void>(((one.applies(failure) || (++index, false)) || ...));
                return index;
            },
            cases_);
    }

    template <class Visit>
    auto with_strategy_for(Failure const& failure, Visit visit) {
        current_ = index_for(failure);
        return with_strategy(cases_, current_, visit);
    }

    template <std::size_t I = 0, class Visit>
    static auto with_strategy(auto& cases, std::size_t index, Visit visit) {
        if constexpr (I + 1 < sizeof...(Cases)) {
            if (index != I) return with_strategy<I + 1>(cases, index, visit);
        }
        return visit(std::get<I>(cases).strategy);
    }

    std::tuple<Cases...> cases_;
    std::size_t current_ = sizeof...(Cases) - 1;
};

/// Returns a strategy that depends on the failure:
/// `by_failure(when<ConcurrencyError>(slow), when<NetworkError>(quick), otherwise(usual))`.
template <class... Cases>
    requires(sizeof...(Cases) > 0
             && detail::is_otherwise<std::tuple_element_t<sizeof...(Cases) - 1, std::tuple<Cases...>>>)
ByFailure<Cases...> by_failure(Cases... cases) {
    return ByFailure<Cases...>{std::move(cases)...};
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_BY_FAILURE_HPP
