// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_STORM_RUN_HPP
#define EXAMPLES_STORM_RUN_HPP

#include "outage.hpp"

#include <zenoo_rpc/breaker/circuit_breaker_statistics.hpp>

#include <optional>
#include <vector>

enum class Manner { blind, backoff, breaker };  ///< retry strategy of the clients

struct CircuitChange {
    zenoo_rpc::Duration time;
    zenoo_rpc::CircuitState state;
};

/// Record of an outage, from the point of view of the server and of its clients.
struct Run {
    std::vector<Load> load;
    std::vector<CircuitChange> circuit;  ///< empty without a circuit breaker
    /// Time from the end of the outage until the last request from before that end got its response; empty if one never
    /// did.
    std::optional<zenoo_rpc::Duration> recovery;

    int peak() const;    ///< calls in the worst second
    int wasted() const;  ///< calls without a response in time
};

/// Returns the number of calls per second before the outage.
double usual_load(Run const& run, Outage const& outage);

/// Simulates the outage in virtual time, with clients that retry in this manner.
Run run_outage(Outage const& outage, Manner manner);

#endif  // EXAMPLES_STORM_RUN_HPP
