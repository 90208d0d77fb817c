// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/detail/behind_gates.hpp>

#include <concepts>
#include <optional>

using namespace zenoo_rpc;
using detail::behind_gates;
using detail::Gates;
using tests::World;

namespace {

/// Admits `left` calls.
struct Quota {
    struct Token {
        void settle() {}
        void settle(Failure const&) {}
    };
    std::optional<Token> enter(RetryContext const&) {
        if (left == 0) return std::nullopt;
        --left;
        return Token{};
    }
    Failure refusal(RetryContext const&) const { return Failure{Errc::access_denied}; }

    int left = 0;
};

asio::awaitable<int> operation() { co_return 42; }

}  // namespace

TEST_CASE("an operation behind no gates is the operation itself") {
    auto const inner = behind_gates(Gates<>{}, &operation);
    static_assert(std::same_as<decltype(behind_gates(Gates<>{}, &operation)), decltype(&operation)>);
    CHECK(inner == &operation);
}

TEST_CASE("an operation behind a gate is called when the gate admits it") {
    World world;
    auto inner = behind_gates(Gates{Quota{1}}, &operation);
    CHECK(world.run(inner(detail::no_context())).value == 42);
    auto refused = behind_gates(Gates{Quota{0}}, &operation);
    CHECK(world.run(refused(detail::no_context())).failure.code() == Errc::access_denied);
}
