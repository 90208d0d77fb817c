// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_ANY_STRATEGY_HPP
#define ZENOO_RPC_RETRY_ANY_STRATEGY_HPP

#include <zenoo_rpc/retry/exponential_backoff.hpp>
#include <zenoo_rpc/retry/retry_strategy.hpp>

#include <concepts>
#include <cstddef>
#include <new>
#include <optional>
#include <type_traits>
#include <utility>

namespace zenoo_rpc {

/// Type-erased strategy. Copies are independent, as copies of the original would be.
///
/// Strategies of up to 64 bytes are stored in place, larger ones in one heap allocation.
class AnyStrategy {
public:
    AnyStrategy() : AnyStrategy{ExponentialBackoffStrategy<>{}} {}

    template <class S>
        requires(!std::same_as<S, AnyStrategy> && Strategy<S>)  // in this order: the check for copying comes last
    AnyStrategy(S strategy) : model_{place(std::move(strategy))} {}

    AnyStrategy(AnyStrategy const& other) : model_{other.model_->copy_to(*this)} {}
    /// Takes the strategy of `other`, which may then only be assigned to or destroyed.
    AnyStrategy(AnyStrategy&& other) noexcept : model_{taken_from(other)} {}
    AnyStrategy& operator=(AnyStrategy other) noexcept {
        release();
        model_ = taken_from(other);
        return *this;
    }
    ~AnyStrategy() { release(); }

    std::optional<Duration> next_delay(RetryContext const& context) { return model_->next_delay(context); }
    Duration get_delay(int attempt) { return model_->get_delay(attempt); }
    bool should_retry(int attempt, Failure const& failure) { return model_->should_retry(attempt, failure); }

    bool decides_alone(Failure const& failure) const { return model_->decides_alone(failure); }
    int max_attempts() const noexcept { return model_->max_attempts(); }
    void check() const { model_->check(); }

private:
    struct Interface {
        virtual ~Interface() = default;
        virtual Interface* copy_to(AnyStrategy& target) const = 0;
        virtual Interface* move_to(std::byte* storage) noexcept = 0;  // only if stored in place
        virtual std::optional<Duration> next_delay(RetryContext const& context) = 0;
        virtual Duration get_delay(int attempt) = 0;
        virtual bool should_retry(int attempt, Failure const& failure) = 0;
        virtual bool decides_alone(Failure const& failure) const = 0;
        virtual int max_attempts() const noexcept = 0;
        virtual void check() const = 0;
    };

    template <class S>
    struct Model final : Interface {
        explicit Model(S s) : strategy{std::move(s)} {}
        Interface* copy_to(AnyStrategy& target) const override { return target.place(S{strategy}); }
        Interface* move_to(std::byte* storage) noexcept override {
            return ::new (static_cast<void*>(storage)) Model{std::move(strategy)};
        }
        std::optional<Duration> next_delay(RetryContext const& context) override {
            return strategy.next_delay(context);
        }
        Duration get_delay(int attempt) override { return detail::get_delay(strategy, attempt); }
        bool should_retry(int attempt, Failure const& failure) override {
            return detail::should_retry(strategy, attempt, failure);
        }
        bool decides_alone(Failure const& failure) const override { return detail::decides_alone(strategy, failure); }
        int max_attempts() const noexcept override { return detail::attempts_of(strategy); }
        void check() const override { detail::check(strategy); }
        S strategy;
    };

    static constexpr std::size_t capacity = 64 + sizeof(void*);  // the strategy and the model's own pointer

    template <class S>
    static constexpr bool fits = sizeof(Model<S>) <= capacity && alignof(Model<S>) <= alignof(std::max_align_t)
                                 && std::is_nothrow_move_constructible_v<S>;

    template <class S>
    Interface* place(S strategy) {
        if constexpr (fits<S>) {
            return ::new (static_cast<void*>(storage_)) Model<S>{std::move(strategy)};
        } else {
            return new Model<S>{std::move(strategy)};
        }
    }

    Interface* taken_from(AnyStrategy& other) noexcept {
        return other.in_place() ? other.model_->move_to(storage_) : std::exchange(other.model_, nullptr);
    }
    bool in_place() const noexcept { return static_cast<void const*>(model_) == static_cast<void const*>(storage_); }
    void release() noexcept {
        if (in_place()) {
            model_->~Interface();
        } else {
            delete model_;
        }
    }

    alignas(std::max_align_t) std::byte storage_[capacity];
    Interface* model_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_ANY_STRATEGY_HPP
