// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_STORM_OUTAGE_HPP
#define EXAMPLES_STORM_OUTAGE_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/testing/virtual_world.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

/// What happens to the server and to those who call it. Times are counted from the beginning of the run.
struct Outage {
    int clients = 1000;
    int capacity = 400;      ///< calls that the server answers in a second
    int queue = 1000;        ///< calls that wait in it at most; it does not notice further ones
    std::uint32_t seed = 1;  ///< of the clients' pauses and of jitter
    zenoo_rpc::Duration begins = std::chrono::seconds{30};
    zenoo_rpc::Duration ends = std::chrono::seconds{60};
    zenoo_rpc::Duration length = std::chrono::seconds{120};  ///< of the run
    zenoo_rpc::Duration warm_up = std::chrono::seconds{20};  ///< before it, until the clients are out of step
    zenoo_rpc::Duration pause = std::chrono::seconds{4};     ///< between two requests of a client, on average
    zenoo_rpc::Duration patience = std::chrono::seconds{1};  ///< of a client with one call
};

/// The calls that arrived at the server in one second.
struct Load {
    int calls = 0;
    int answered = 0;  ///< in time
};

/// Answers calls one after the other, also those whose callers have given up, as real servers do. In the outage, and
/// while its queue is full, it leaves calls without an answer.
class Server {
public:
    Server(Outage const& outage, zenoo_rpc::testing::VirtualTime const& time);

    boost::asio::awaitable<void> call();

    std::vector<Load> const& load() const noexcept { return load_; }
    zenoo_rpc::Duration now() const { return time_.now() - began_; }

private:
    Load* load_of_now();  ///< null before and after the run
    /// When the answer to a call of now leaves the server; never, if there will be none.
    zenoo_rpc::Duration take_in();

    Outage const& outage_;
    zenoo_rpc::testing::VirtualTime const& time_;
    zenoo_rpc::TimePoint began_;
    zenoo_rpc::Duration busy_until_ = zenoo_rpc::Duration::min();
    std::vector<Load> load_;  // by seconds
};

#endif  // EXAMPLES_STORM_OUTAGE_HPP
