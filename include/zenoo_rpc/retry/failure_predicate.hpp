// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_FAILURE_PREDICATE_HPP
#define ZENOO_RPC_RETRY_FAILURE_PREDICATE_HPP

#include <zenoo_rpc/core/failure.hpp>

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>

namespace zenoo_rpc {

/// Selects failures: those to retry, or those that count against a service.
template <class P>
concept FailurePredicate = std::predicate<P const&, Failure const&> && std::copy_constructible<P>;

/// Selects the failures to retry; may take the number of the attempt that failed as a second argument.
template <class P>
concept RetryPredicate =
    FailurePredicate<P> || (std::predicate<P const&, Failure const&, int> && std::copy_constructible<P>);

/// Accepts transient failures: the same request may succeed later.
struct IsTransient {
    bool operator()(Failure const& failure) const noexcept { return failure.transient(); }
};

/// Leaves the selection to the strategy: a subclass of `RetryStrategy` decides itself, all others retry what
/// `IsTransient` accepts.
struct DefaultPredicate : IsTransient {};

/// Accepts failures that are one of the `E`; see `Failure::is`.
template <class... E>
struct FailureIs {
    bool operator()(Failure const& failure) const { return (failure.is<E>() || ...); }
};
/// Accepts failures that are one of the `E`: `failure_is<ServerError>`.
template <class... E>
inline constexpr FailureIs<E...> failure_is{};

/// Type-erased `FailurePredicate`. An empty one acts as `DefaultPredicate`.
class AnyPredicate {
public:
    AnyPredicate() = default;
    AnyPredicate(DefaultPredicate) {}
    template <class P>
        requires(!std::same_as<P, AnyPredicate> && !std::same_as<P, DefaultPredicate> && FailurePredicate<P>)
    AnyPredicate(P predicate) : predicate_{std::move(predicate)} {}

    bool operator()(Failure const& failure) const { return predicate_ ? predicate_(failure) : failure.transient(); }
    bool is_default() const noexcept { return !predicate_; }

private:
    std::function<bool(Failure const&)> predicate_;
};

namespace detail {

template <class P>
bool is_default(P const& predicate) noexcept {
    if constexpr (requires { predicate.is_default(); }) {
        return predicate.is_default();
    } else {
        return std::same_as<P, DefaultPredicate>;
    }
}

template <RetryPredicate P>
bool wants(P const& predicate, Failure const& failure, int attempt) {
    if constexpr (std::predicate<P const&, Failure const&, int>) {
        return predicate(failure, attempt);
    } else {
        return predicate(failure);
    }
}

}  // namespace detail

/// Type-erased `RetryPredicate`. An empty one acts as `DefaultPredicate`.
class AnyRetryPredicate {
public:
    AnyRetryPredicate() = default;
    template <class P>
        requires(!std::same_as<P, AnyRetryPredicate> && RetryPredicate<P>)
    AnyRetryPredicate(P predicate) {
        if constexpr (std::predicate<P const&, Failure const&, int>) {
            predicate_ = std::move(predicate);
        } else if (AnyPredicate any = std::move(predicate); !any.is_default()) {  // which detects an empty one
            predicate_ = [any = std::move(any)](Failure const& failure, int) { return any(failure); };
        }
    }

    bool operator()(Failure const& failure, int attempt) const {
        return predicate_ ? predicate_(failure, attempt) : failure.transient();
    }
    bool is_default() const noexcept { return !predicate_; }

private:
    std::function<bool(Failure const&, int)> predicate_;
};

namespace detail {

template <RetryPredicate Left, RetryPredicate Right>
struct BothHold {
    [[no_unique_address]] Left left;
    [[no_unique_address]] Right right;
    bool operator()(Failure const& failure) const
        requires FailurePredicate<Left> && FailurePredicate<Right>
    {
        return left(failure) && right(failure);
    }
    bool operator()(Failure const& failure, int attempt) const {
        return wants(left, failure, attempt) && wants(right, failure, attempt);
    }
};

template <RetryPredicate Left, RetryPredicate Right>
struct EitherHolds {
    [[no_unique_address]] Left left;
    [[no_unique_address]] Right right;
    bool operator()(Failure const& failure) const
        requires FailurePredicate<Left> && FailurePredicate<Right>
    {
        return left(failure) || right(failure);
    }
    bool operator()(Failure const& failure, int attempt) const {
        return wants(left, failure, attempt) || wants(right, failure, attempt);
    }
};

template <RetryPredicate Inner>
struct DoesNotHold {
    [[no_unique_address]] Inner inner;
    bool operator()(Failure const& failure) const
        requires FailurePredicate<Inner>
    {
        return !inner(failure);
    }
    bool operator()(Failure const& failure, int attempt) const { return !wants(inner, failure, attempt); }
};

template <class P>
inline constexpr bool is_ours =
    std::derived_from<P, IsTransient> || std::same_as<P, AnyPredicate> || std::same_as<P, AnyRetryPredicate>;
template <class... E>
inline constexpr bool is_ours<FailureIs<E...>> = true;
template <class Left, class Right>
inline constexpr bool is_ours<BothHold<Left, Right>> = true;
template <class Left, class Right>
inline constexpr bool is_ours<EitherHolds<Left, Right>> = true;
template <class Inner>
inline constexpr bool is_ours<DoesNotHold<Inner>> = true;

}  // namespace detail

/// Combines two predicates with AND; at least one must be of this library:
/// `failure_is<ServerError> && !failure_is<ConcurrencyError>`.
template <RetryPredicate Left, RetryPredicate Right>
    requires(detail::is_ours<Left> || detail::is_ours<Right>)
detail::BothHold<Left, Right> operator&&(Left left, Right right) {
    return {std::move(left), std::move(right)};
}

/// Combines two predicates with OR; at least one must be of this library.
template <RetryPredicate Left, RetryPredicate Right>
    requires(detail::is_ours<Left> || detail::is_ours<Right>)
detail::EitherHolds<Left, Right> operator||(Left left, Right right) {
    return {std::move(left), std::move(right)};
}

/// Negates a predicate of this library.
template <RetryPredicate Inner>
    requires detail::is_ours<Inner>
detail::DoesNotHold<Inner> operator!(Inner inner) {
    return {std::move(inner)};
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_FAILURE_PREDICATE_HPP
