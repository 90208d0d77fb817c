// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_STORM_RUN_HPP
#define EXAMPLES_STORM_RUN_HPP

#include "outage.hpp"

#include <zenoo_rpc/breaker/circuit_breaker_statistics.hpp>

#include <optional>
#include <vector>

enum class Manner { blind, backoff, breaker };  ///< of retrying

struct CircuitChange {
    zenoo_rpc::Duration time;
    zenoo_rpc::CircuitState state;
};

/// What an outage looked like from the server's side, and from its clients'.
struct Run {
    std::vector<Load> load;
    std::vector<CircuitChange> circuit;  ///< empty without a circuit breaker
    /// From the end of the outage until the last request of before had its answer; nothing if one never had.
    std::optional<zenoo_rpc::Duration> recovery;

    int peak() const;     ///< calls in the worst second
    int in_vain() const;  ///< calls that had no answer in time
};

/// The calls per second of before the outage.
double usual_load(Run const& run, Outage const& outage);

/// The outage in virtual time, with clients that retry in this manner.
Run run_outage(Outage const& outage, Manner manner);

#endif  // EXAMPLES_STORM_RUN_HPP
