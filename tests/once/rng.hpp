// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ONCE_RNG_HPP
#define ZENOO_RPC_TESTS_ONCE_RNG_HPP

#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <random>

namespace zenoo_rpc::tests {

/// Random numbers that depend only on the seed, not on the standard library.
class Rng {
public:
    explicit Rng(std::uint64_t seed) : random_{seed} {}

    std::uint64_t any() { return random_(); }
    std::uint64_t below(std::uint64_t end) { return random_() % end; }
    std::int64_t between(std::int64_t first, std::int64_t last) {
        return first + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(last - first) + 1));
    }
    bool one_in(std::uint64_t count) { return below(count) == 0; }
    double share() { return static_cast<double>(random_() >> 11) * 0x1p-53; }
    template <class Choices>
    auto const& of(Choices const& choices) {
        return choices[below(std::size(choices))];
    }

private:
    std::mt19937_64 random_;
};

/// Returns the number in an environment variable, or `otherwise` if it is not set.
inline std::uint64_t number_from(char const* variable, std::uint64_t otherwise) {
    auto const* const text = std::getenv(variable);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ONCE_RNG_HPP
