// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ONCE_PROOF_HPP
#define ZENOO_RPC_TESTS_ONCE_PROOF_HPP

#include "once/rng.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace zenoo_rpc::tests {

/// Result of one round of a proof.
struct ProofRound {
    std::size_t records;
    std::uint64_t faults;
    std::vector<std::string> problems;
};

inline std::string summary(std::vector<std::string> const& problems) {
    std::string text;
    for (std::size_t i = 0; i < problems.size() && i < 5; ++i) text += problems[i] + '\n';
    return text;
}

/// Runs `round(seed)` with consecutive seeds until there were at least `records` records and `faults` faults, both
/// multiplied by ZENOO_RPC_PROOF_SCALE. The first seed is random, or ZENOO_RPC_PROOF_SEED. Returns a summary.
template <class Run>
std::string prove(std::size_t records, std::uint64_t faults, Run round) {
    auto const scale = number_from("ZENOO_RPC_PROOF_SCALE", 1);
    auto const first_seed = number_from("ZENOO_RPC_PROOF_SEED", std::random_device{}());
    std::size_t all_records = 0;
    std::uint64_t all_faults = 0;
    auto seed = first_seed;
    for (; all_records < records * scale || all_faults < faults * scale; ++seed) {
        INFO("ZENOO_RPC_PROOF_SEED=" << seed << " begins with this round");
        ProofRound const result = round(seed);
        INFO(summary(result.problems));
        REQUIRE(result.problems.empty());
        all_records += result.records;
        all_faults += result.faults;
    }
    return std::to_string(all_records) + " records, " + std::to_string(all_faults) + " faults, seeds "
           + std::to_string(first_seed) + " to " + std::to_string(seed - 1);
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ONCE_PROOF_HPP
