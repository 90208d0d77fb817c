// SPDX-License-Identifier: BSL-1.0
// g++ 12 destroys some temporaries twice if they are in one expression with co_await. The library is designed so that
// its users write the sound forms, and rejects the others on that compiler. If a compiler breaks a form that the
// library relies on, this test detects it before it corrupts a user's memory.
#include "support/catch.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <utility>

namespace asio = boost::asio;
using asio::awaitable;

namespace {

/// Represents any object that owns memory, but may safely be destroyed twice.
struct Owner {
    static inline int constructed = 0;
    static inline int destroyed = 0;

    Owner() { ++constructed; }
    Owner(Owner const&) { ++constructed; }
    Owner& operator=(Owner const&) = default;
    ~Owner() { ++destroyed; }
};

struct Numbers {
    int limit = 80;
    int offset = 0;
};

struct OwningOptions {
    int limit = 80;
    Owner owner = {};
};

class Options {
public:
    Options() = default;
    Options& limit(int value) {
        limit_ = value;
        return *this;
    }
    int limit() const { return limit_; }

private:
    int limit_ = 80;
    Owner owner_;
};

awaitable<int> yield_value(int value) {
    co_await asio::post(asio::use_awaitable);
    co_return value;
}

template <class Operation>
awaitable<int> repeat(Operation operation) {
    co_return co_await operation();
}
awaitable<int> with_numbers(Numbers numbers) { return yield_value(numbers.limit + numbers.offset); }
awaitable<int> with_options(Options options) { co_return co_await yield_value(options.limit()); }
awaitable<int> with_owning_options(OwningOptions options) { co_return co_await yield_value(options.limit); }
auto make_operation(Owner const& owner) {
    return [owner] { return yield_value(42); };
}

/// Returns the number of excess destructions (0 if correct) while `form` runs, which must return 42.
int excess_destructions(awaitable<int> (*form)()) {
    Owner::constructed = Owner::destroyed = 0;
    asio::io_context io;
    int result = 0;
    std::exception_ptr failure;
    asio::co_spawn(io, form, [&](std::exception_ptr error, int value) {
        failure = error;
        result = value;
    });
    io.run();
    CHECK_FALSE(failure);
    CHECK(result == 42);
    return Owner::destroyed - Owner::constructed;
}

// The sound forms.
awaitable<int> reference_capture() {
    auto const options = Options().limit(42);
    co_return co_await repeat([&] { return with_options(options); });
}
awaitable<int> named_operation() {
    Owner const owner;
    auto const operation = [owner] { return yield_value(42); };
    co_return co_await repeat(operation);
}
awaitable<int> moved_operation() {
    Owner const owner;
    auto operation = [owner] { return yield_value(42); };
    co_return co_await repeat(std::move(operation));
}
awaitable<int> object_with_constructor() { co_return co_await with_options(Options().limit(42)); }
awaitable<int> result_of_function() {
    Owner const owner;
    co_return co_await repeat(make_operation(owner));
}
awaitable<int> trivially_destructible_aggregate() { co_return co_await with_numbers({.limit = 40, .offset = 2}); }

// The dangerous ones.
awaitable<int> owning_lambda() {
    Owner const owner;
    co_return co_await repeat([owner] { return yield_value(42); });
}
awaitable<int> owning_coroutine_lambda() {
    Owner const owner;
    co_return co_await repeat([owner]() -> awaitable<int> { co_return co_await yield_value(42); });
}
awaitable<int> owning_aggregate() { co_return co_await with_owning_options({.limit = 42}); }
awaitable<int> owning_aggregate_with_member() {
    co_return co_await with_owning_options(OwningOptions{.limit = 42, .owner = Owner()});
}

}  // namespace

TEST_CASE("the forms that the library relies on destroy each object once") {
    CHECK(excess_destructions(reference_capture) == 0);
    CHECK(excess_destructions(named_operation) == 0);
    CHECK(excess_destructions(moved_operation) == 0);
    CHECK(excess_destructions(object_with_constructor) == 0);
    CHECK(excess_destructions(result_of_function) == 0);
    CHECK(excess_destructions(trivially_destructible_aggregate) == 0);
}

TEST_CASE("the forms that g++ 12 miscompiles are sound elsewhere") {
    struct Form {
        char const* name;
        awaitable<int> (*run)();
    };
    Form const forms[] = {{"owning lambda", owning_lambda},
                          {"owning lambda that is a coroutine", owning_coroutine_lambda},
                          {"owning aggregate", owning_aggregate},
                          {"owning aggregate with its member given", owning_aggregate_with_member}};
    for (auto const& form : forms) {
        int const excess = excess_destructions(form.run);
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
        WARN(form.name << ": " << excess << " destruction(s) too many");
#else
        INFO(form.name);
        CHECK(excess == 0);
#endif
    }
}
