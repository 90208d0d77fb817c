// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_FAULT_PROFILE_HPP
#define ZENOO_RPC_TESTING_FAULT_PROFILE_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/testing/fault.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc::testing {

/// The probabilities of faults: how often each is injected into a request.
struct FaultProfile {
    struct Odds {
        double probability = 0.0;  ///< per request; the remainder to 1 is the probability of no fault
        Fault fault{};
    };

    std::string name = "none";
    std::vector<Odds> odds{};
    std::uint64_t spared = 0;  ///< number of initial requests without faults, so that a program can log in
    /// Number of requests from one outage to the next; during an outage the server does not listen. 0: no outages.
    std::uint64_t outage_every = 0;
    Duration outage{};  ///< duration of an outage

    /// Returns a profile without faults.
    static FaultProfile none();
    /// Returns the profile of a bad connection: one request in four fails, mostly by a response lost after the commit
    /// or a connection lost before the request.
    static FaultProfile flaky();
    /// Returns a profile in which every second request fails.
    static FaultProfile storm();
    /// Returns a profile in which the server is down for seconds at regular intervals, with few other faults.
    static FaultProfile outages();

    /// Returns the profile named `none`, `flaky`, `storm` or `outage`; nullopt for any other name.
    static std::optional<FaultProfile> named(std::string_view name);
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_FAULT_PROFILE_HPP
