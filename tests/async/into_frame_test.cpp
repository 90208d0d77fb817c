// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/async/detail/into_frame.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <memory>
#include <utility>

using namespace zenoo_rpc;
namespace asio = boost::asio;

namespace {

/// An object that counts its copies, moves and live instances.
struct Counted {
    struct Count {
        int copies = 0;
        int moves = 0;
        int alive = 0;
    };

    explicit Counted(Count& counts) : count{&counts} { ++count->alive; }
    Counted(Counted const& other) : count{other.count} {
        ++count->copies;
        ++count->alive;
    }
    Counted(Counted&& other) noexcept : count{other.count} {
        ++count->moves;
        ++count->alive;
    }
    Counted& operator=(Counted const&) = delete;
    ~Counted() { --count->alive; }

    Count* count;
};

template <class Parameter>
asio::awaitable<void> see(Parameter parameter, int& alive) {
    alive = detail::held(parameter).count->alive;
    co_return;
}

template <class T>
asio::awaitable<void> call(T&& argument, int& alive) {
    return see(detail::into_frame(std::forward<T>(argument)), alive);
}

void run(asio::awaitable<void> work) {
    asio::io_context io;
    asio::co_spawn(io, std::move(work), asio::detached);
    io.run();
}

}  // namespace

TEST_CASE("a coroutine owns a named argument after one copy and no move, made in the call") {
    Counted::Count count;
    int alive = 0;
    auto named = std::make_unique<Counted>(count);
    auto work = call(*named, alive);
    named.reset();
    CHECK(count.copies == 1);
    CHECK(count.moves == 0);
    run(std::move(work));
    CHECK(alive == 1);
    CHECK(count.alive == 0);
}

TEST_CASE("a coroutine owns a temporary without a copy") {
    Counted::Count count;
    int alive = 0;
    auto work = call(Counted{count}, alive);
    run(std::move(work));
    CHECK(count.copies == 0);
    CHECK(alive == 1);
    CHECK(count.alive == 0);
}

TEST_CASE("an owned argument is destroyed with its coroutine, even if that never ran") {
    Counted::Count count;
    int alive = 0;
    Counted const named{count};
    {
        auto const work = call(named, alive);
    }
    CHECK(count.copies == 1);
    CHECK(count.alive == 1);
}

TEST_CASE("a copy that throws leaks nothing") {
    struct Unlucky : Counted {
        explicit Unlucky(Count& counts) : Counted{counts} {}
        Unlucky(Unlucky const& other) : Counted{other} { throw 1; }
    };
    Counted::Count count;
    int alive = 0;
    Unlucky const named{count};
    CHECK_THROWS_AS(call(named, alive), int);
    CHECK(count.alive == 1);
}
