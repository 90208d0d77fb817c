// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_STORM_OUTAGE_HPP
#define EXAMPLES_STORM_OUTAGE_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/testing/virtual_world.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

/// Parameters of the simulated server, its outage and its clients. Times count from the beginning of the run.
struct Outage {
    int clients = 1000;
    int capacity = 400;      ///< calls per second that the server can process
    int queue = 1000;        ///< maximum number of queued calls; further ones are lost
    std::uint32_t seed = 1;  ///< of clients' pauses and jitter
    zenoo_rpc::Duration begins = std::chrono::seconds{30};
    zenoo_rpc::Duration ends = std::chrono::seconds{60};
    zenoo_rpc::Duration length = std::chrono::seconds{120};  ///< of the run
    zenoo_rpc::Duration warm_up = std::chrono::seconds{20};  ///< before the run, until the clients are out of step
    zenoo_rpc::Duration pause = std::chrono::seconds{4};     ///< between two requests of a client, on average
    zenoo_rpc::Duration patience = std::chrono::seconds{1};  ///< time that a client waits for a response
};

/// Calls that arrived at the server in one second.
struct Load {
    int calls = 0;
    int responded = 0;  ///< responded to in time
};

/// Processes calls one after the other, including those whose callers have given up, as real servers do. During the
/// outage, and while its queue is full, calls are lost.
class Server {
public:
    Server(Outage const& outage, zenoo_rpc::testing::VirtualTime const& time);

    boost::asio::awaitable<void> call();

    std::vector<Load> const& load() const noexcept { return load_; }
    zenoo_rpc::Duration now() const { return time_.now() - began_; }

private:
    Load* load_of_now();  ///< null before and after the run
    /// Returns the time at which the response to a call that arrives now is sent; `unlimited` if there is none.
    zenoo_rpc::Duration take_in();

    Outage const& outage_;
    zenoo_rpc::testing::VirtualTime const& time_;
    zenoo_rpc::TimePoint began_;
    zenoo_rpc::Duration busy_until_ = zenoo_rpc::Duration::min();
    std::vector<Load> load_;  // per second
};

#endif  // EXAMPLES_STORM_OUTAGE_HPP
