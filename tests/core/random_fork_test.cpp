// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/core/random.hpp>

#if __has_include(<unistd.h>) && __has_include(<sys/wait.h>)

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/types.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

using namespace zenoo_rpc;

namespace {

using Numbers = std::array<double, 8>;

Numbers draw() {
    Numbers numbers{};
    std::generate(numbers.begin(), numbers.end(), ThreadRandom{});
    return numbers;
}

/// Returns the numbers that `work` draws in a child process.
template <class Work>
Numbers in_child(Work work) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) throw std::system_error{errno, std::generic_category(), "pipe"};
    auto const [read_end, write_end] = ends;
    auto const child = ::fork();
    if (child < 0) throw std::system_error{errno, std::generic_category(), "fork"};
    if (child == 0) {
        int status = 1;
        try {
            Numbers const numbers = work();
            if (::write(write_end, numbers.data(), sizeof numbers) == ssize_t{sizeof numbers}) status = 0;
        } catch (...) {  // must not reach the test runner, which this process is a copy of
        }
        ::_exit(status);
    }
    ::close(write_end);
    Numbers numbers{};
    auto const received = ::read(read_end, numbers.data(), sizeof numbers);
    ::close(read_end);
    int status = -1;
    ::waitpid(child, &status, 0);
    REQUIRE(status == 0);
    REQUIRE(received == ssize_t{sizeof numbers});
    return numbers;
}

}  // namespace

TEST_CASE("a child process draws other numbers than its parent") {
    draw();
    auto const child = in_child(draw);
    CHECK(child != draw());
    CHECK(std::all_of(child.begin(), child.end(), [](double number) { return number >= 0.0 && number < 1.0; }));
}

TEST_CASE("children of one parent draw different numbers") {
    draw();
    auto const first = in_child(draw);
    CHECK(first != in_child(draw));
}

TEST_CASE("a grandchild draws other numbers than the child") {
    draw();
    constexpr Numbers same{};
    auto const numbers = in_child([&] {
        draw();
        auto const grandchild = in_child(draw);
        auto const child = draw();
        return child == grandchild ? same : child;
    });
    CHECK(numbers != same);
}

#endif
