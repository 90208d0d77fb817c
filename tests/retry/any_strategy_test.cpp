// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/any_strategy.hpp>
#include <zenoo_rpc/retry/failure_predicate.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/retry/linear_backoff.hpp>
#include <zenoo_rpc/retry/retry_event.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

namespace {

std::atomic<int> blocks_taken = 0;

}  // namespace

void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    ++blocks_taken;
    return std::malloc(size == 0 ? 1 : size);
}
void* operator new(std::size_t size) {
    if (void* const block = operator new(size, std::nothrow)) return block;
    throw std::bad_alloc{};
}
void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }

namespace {

/// Returns the number of heap blocks that `work` allocates.
template <class Work>
int blocks_taken_by(Work work) {
    int const before = blocks_taken;
    work();
    return blocks_taken - before;
}

/// A strategy with state, of any size: each delay is one second longer than the previous one.
template <std::size_t Size>
struct Rising {
    explicit Rising(Duration start) : delay{start} {}
    std::optional<Duration> next_delay(RetryContext const&) { return delay += 1s; }

    Duration delay;
    std::array<std::byte, Size - sizeof(Duration)> ballast{};
};
static_assert(sizeof(Rising<64>) == 64 && sizeof(Rising<72>) == 72);

struct ThrowingMove {
    ThrowingMove() = default;
    ThrowingMove(ThrowingMove const&) {}
    std::optional<Duration> next_delay(RetryContext const&) { return 1s; }
};

struct alignas(32) OverAligned {
    std::optional<Duration> next_delay(RetryContext const&) {
        return Duration{static_cast<Duration::rep>(reinterpret_cast<std::uintptr_t>(this) % 32)};
    }
};

/// Shares a token, whose use count shows copies and destructions.
struct Tracked {
    explicit Tracked(std::shared_ptr<int> token_) : token{std::move(token_)} {}
    std::optional<Duration> next_delay(RetryContext const&) {
        return token ? std::optional{1s * *token} : std::nullopt;
    }
    std::shared_ptr<int> token;
};
template <std::size_t Size>
struct Padded : Tracked {
    using Tracked::Tracked;
    std::array<std::byte, Size> ballast{};
};

struct CopyFails {
    explicit CopyFails(bool fails_) : fails{fails_} {}
    CopyFails(CopyFails const& other) : fails{other.fails} {
        if (fails) throw std::runtime_error{"no copy"};
    }
    CopyFails(CopyFails&& other) noexcept = default;
    std::optional<Duration> next_delay(RetryContext const&) { return 1s; }
    bool fails;
};

struct OnlyForUsers final : RetryStrategy {
    bool should_retry(int attempt, Failure const& failure) override { return attempt < 5 && failure.is<UserError>(); }
    Duration get_delay(int attempt) override { return attempt * 3s; }
};

struct OnlyForNetworks {
    std::optional<Duration> next_delay(RetryContext const& context) {
        if (!context.last_failure.is<NetworkError>()) return std::nullopt;
        return context.attempt * 2s;
    }
};

}  // namespace

TEST_CASE("AnyStrategy delegates to its strategy") {
    AnyStrategy any = LinearBackoffStrategy{.max_attempts = 4, .base_delay = 2s, .jitter = NoJitter{}};
    CHECK(any.get_delay(1) == 2s);
    CHECK(any.get_delay(3) == 4s);
    CHECK(any.should_retry(3, Errc::user_error));
    CHECK_FALSE(any.should_retry(4, Errc::network_error));
    CHECK(any.next_delay({.attempt = 2}) == Duration{3s});
    CHECK(any.next_delay({.attempt = 4}) == std::nullopt);
    CHECK(any.max_attempts() == 4);
    CHECK_FALSE(any.decides_alone({}));
    CHECK_NOTHROW(any.check());
}

TEST_CASE("AnyStrategy is an exponential backoff by default") {
    AnyStrategy any;
    CHECK(any.max_attempts() == 3);
    CHECK_FALSE(any.should_retry(3, {}));
    CHECK_FALSE(any.decides_alone({}));
    for (int i = 0; i < 100; ++i) CHECK(any.get_delay(2) <= 2s);
}

TEST_CASE("AnyStrategy preserves that a custom strategy decides alone") {
    AnyStrategy any = OnlyForUsers{};
    CHECK(any.decides_alone({}));
    CHECK(any.max_attempts() == 0);
    CHECK(any.get_delay(2) == 6s);
    CHECK(any.should_retry(1, Errc::user_error));
    CHECK_FALSE(any.should_retry(1, Errc::network_error));
    CHECK(any.next_delay({.attempt = 1, .last_failure = Errc::user_error}) == Duration{3s});
    CHECK(any.next_delay({.attempt = 1, .last_failure = Errc::network_error}) == std::nullopt);

    AnyStrategy const copy = any;
    CHECK(copy.decides_alone({}));
    CHECK(detail::decides_alone(copy, {}));
    any = FixedDelayStrategy{};
    CHECK_FALSE(any.decides_alone({}));
}

TEST_CASE("should_retry and get_delay are derived from next_delay") {
    AnyStrategy any = OnlyForNetworks{};
    CHECK(any.should_retry(1, Errc::network_error));
    CHECK_FALSE(any.should_retry(1, Errc::user_error));
    CHECK(any.get_delay(3) == 0s);
    CHECK(any.next_delay({.attempt = 3, .last_failure = Errc::network_error}) == Duration{6s});
    CHECK_FALSE(any.decides_alone({}));
    CHECK(AnyStrategy{Rising<8>{1s}}.get_delay(1) == 2s);
}

TEST_CASE("AnyStrategy rejects the unusable values of its strategy") {
    CHECK_THROWS_AS(AnyStrategy{FixedDelayStrategy{.max_attempts = 0}}.check(), std::invalid_argument);
    CHECK_NOTHROW(AnyStrategy{OnlyForUsers{}}.check());
}

TEST_CASE("a strategy of up to 64 bytes is stored in place, a larger one in one block") {
    CHECK(blocks_taken_by([] { AnyStrategy any; }) == 0);
    CHECK(blocks_taken_by([] { AnyStrategy any = OnlyForUsers{}; }) == 0);
    CHECK(blocks_taken_by([] { AnyStrategy any = Rising<16>{1s}; }) == 0);
    CHECK(blocks_taken_by([] { AnyStrategy any = Rising<64>{1s}; }) == 0);
    CHECK(blocks_taken_by([] { AnyStrategy any = Rising<72>{1s}; }) == 1);
    CHECK(blocks_taken_by([] { AnyStrategy any = Rising<4096>{1s}; }) == 1);
}

TEST_CASE("a copy takes as many blocks as the original, a move none") {
    AnyStrategy small = Rising<64>{1s};
    AnyStrategy large = Rising<72>{1s};
    CHECK(blocks_taken_by([&] { AnyStrategy copy = small; }) == 0);
    CHECK(blocks_taken_by([&] { AnyStrategy copy = large; }) == 1);
    CHECK(blocks_taken_by([&] { small = std::move(large); }) == 0);
    CHECK(blocks_taken_by([&] { AnyStrategy moved = std::move(small); }) == 0);
}

TEST_CASE("a strategy whose move may throw is stored in a block, so that AnyStrategy moves without throwing") {
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<AnyStrategy>);
    AnyStrategy any = ThrowingMove{};
    CHECK(blocks_taken_by([&] { AnyStrategy moved = std::move(any); }) == 0);
    CHECK(blocks_taken_by([] { AnyStrategy made = ThrowingMove{}; }) == 1);
}

TEST_CASE("a strategy keeps its alignment wherever it is stored") {
    struct alignas(32) Block {
        std::array<std::byte, 16> first;
        AnyStrategy strategy = OverAligned{};
    };
    Block odd;
    AnyStrategy even = OverAligned{};
    AnyStrategy copy = odd.strategy;
    for (auto* any : {&odd.strategy, &even, &copy}) CHECK(any->next_delay({}) == Duration{0});
}

TEMPLATE_TEST_CASE("copies of a strategy are independent", "", Rising<16>, Rising<72>) {
    AnyStrategy original = TestType{0s};
    CHECK(original.next_delay({}) == Duration{1s});
    AnyStrategy copy = original;
    CHECK(copy.next_delay({}) == Duration{2s});
    CHECK(copy.next_delay({}) == Duration{3s});
    CHECK(original.next_delay({}) == Duration{2s});

    AnyStrategy assigned;
    assigned = copy;
    CHECK(assigned.next_delay({}) == Duration{4s});
    CHECK(copy.next_delay({}) == Duration{4s});
}

TEMPLATE_TEST_CASE("a moved strategy keeps its state", "", Rising<16>, Rising<72>) {
    AnyStrategy original = TestType{0s};
    CHECK(original.next_delay({}) == Duration{1s});
    AnyStrategy moved = std::move(original);
    CHECK(moved.next_delay({}) == Duration{2s});

    original = FixedDelayStrategy{.delay = 7s};
    CHECK(original.next_delay({}) == Duration{7s});
    original = std::move(moved);
    CHECK(original.next_delay({}) == Duration{3s});
}

TEMPLATE_TEST_CASE("a strategy survives being assigned to itself", "", Rising<16>, Rising<72>) {
    AnyStrategy any = TestType{0s};
    auto& same = any;
    any = same;
    CHECK(any.next_delay({}) == Duration{1s});
    any = std::move(same);
    CHECK(any.next_delay({}) == Duration{2s});
}

TEST_CASE("small and large strategies can be swapped and assigned to each other") {
    AnyStrategy small = Rising<16>{0s};
    AnyStrategy large = Rising<72>{100s};
    std::swap(small, large);
    CHECK(small.next_delay({}) == Duration{101s});
    CHECK(large.next_delay({}) == Duration{1s});
    small = large;
    CHECK(small.next_delay({}) == Duration{2s});
}

TEMPLATE_TEST_CASE("each strategy is destroyed once", "", Tracked, Padded<72>) {
    auto const token = std::make_shared<int>(7);
    {
        AnyStrategy first = TestType{token};
        CHECK(token.use_count() == 2);
        AnyStrategy second = first;
        CHECK(token.use_count() == 3);
        AnyStrategy third = std::move(first);
        CHECK(token.use_count() == 3);
        CHECK(third.next_delay({}) == Duration{7s});
        second = FixedDelayStrategy{};
        CHECK(token.use_count() == 2);
        auto& same = third;
        third = same;
        CHECK(token.use_count() == 2);
    }
    CHECK(token.use_count() == 1);
}

TEST_CASE("a copy assignment that fails leaves the target unchanged") {
    AnyStrategy const bad = CopyFails{true};
    AnyStrategy any = FixedDelayStrategy{.delay = 7s};
    CHECK_THROWS_AS(any = bad, std::runtime_error);
    CHECK(any.get_delay(1) == 7s);
}

TEST_CASE("AnyStrategy is a strategy, but does not wrap another AnyStrategy") {
    STATIC_REQUIRE(Strategy<AnyStrategy>);
    AnyStrategy const inner = FixedDelayStrategy{.delay = 7s};
    CHECK(blocks_taken_by([&] { AnyStrategy outer{inner}; }) == 0);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<AnyStrategy, int>);
}

TEST_CASE("AnyStrategy, AnyPredicate and AnyObserver can be members of copyable types") {
    std::tuple<AnyStrategy, AnyPredicate, AnyObserver> const original{FixedDelayStrategy{.delay = 7s},
                                                                      failure_is<UserError>, NoObserver{}};
    auto copy = original;
    CHECK(std::get<AnyStrategy>(copy).get_delay(1) == 7s);
    CHECK(std::get<AnyPredicate>(copy)(Errc::user_error));
}
