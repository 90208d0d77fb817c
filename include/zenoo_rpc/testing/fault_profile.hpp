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

/// How often which fault befalls a request.
struct FaultProfile {
    struct Odds {
        double probability = 0.0;  ///< per request; what the odds leave of 1 goes well
        Fault fault{};
    };

    std::string name = "none";
    std::vector<Odds> odds{};
    std::uint64_t spared = 0;        ///< this many first requests go well, so that a program gets past its login
    std::uint64_t outage_every = 0;  ///< after each so many requests nobody listens for `outage`; 0: never
    Duration outage{};

    static FaultProfile none();
    /// A bad line: one request in four, mostly an answer lost after the commit or a connection lost before the request.
    static FaultProfile flaky();
    /// Every second request.
    static FaultProfile storm();
    /// The server goes away for seconds and comes back; apart from that a fault now and then.
    static FaultProfile outages();

    /// One of `none`, `flaky`, `storm`, `outage`; empty for any other name.
    static std::optional<FaultProfile> named(std::string_view name);
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_FAULT_PROFILE_HPP
