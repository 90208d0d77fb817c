// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ONCE_PROOF_HPP
#define ZENOO_RPC_TESTS_ONCE_PROOF_HPP

#include "once/dice.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace zenoo_rpc::tests {

/// What a round of a proof has come to.
struct ProofRound {
    std::size_t records;
    std::uint64_t faults;
    std::vector<std::string> complaints;
};

inline std::string summary(std::vector<std::string> const& complaints) {
    std::string text;
    for (std::size_t i = 0; i < complaints.size() && i < 5; ++i) text += complaints[i] + '\n';
    return text;
}

/// Runs `round(seed)` with one seed after the other until there were so many records and faults, or as many times more
/// as ZENOO_RPC_PROOF_SCALE says. The first seed is random, or ZENOO_RPC_PROOF_SEED. Says what there was.
template <class Run>
std::string prove(std::size_t records, std::uint64_t faults, Run round) {
    auto const scale = number_from("ZENOO_RPC_PROOF_SCALE", 1);
    auto const first_seed = number_from("ZENOO_RPC_PROOF_SEED", std::random_device{}());
    std::size_t all_records = 0;
    std::uint64_t all_faults = 0;
    auto seed = first_seed;
    for (; all_records < records * scale || all_faults < faults * scale; ++seed) {
        INFO("ZENOO_RPC_PROOF_SEED=" << seed << " begins with this round");
        ProofRound const came_to = round(seed);
        INFO(summary(came_to.complaints));
        REQUIRE(came_to.complaints.empty());
        all_records += came_to.records;
        all_faults += came_to.faults;
    }
    return std::to_string(all_records) + " records, " + std::to_string(all_faults) + " faults, seeds "
           + std::to_string(first_seed) + " to " + std::to_string(seed - 1);
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ONCE_PROOF_HPP
