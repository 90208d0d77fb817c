// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_IMPORT_IMPORT_RUN_HPP
#define EXAMPLES_IMPORT_IMPORT_RUN_HPP

#include "contacts.hpp"

#include <zenoo_rpc/odoo/client.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <set>
#include <string>
#include <vector>

/// What has become of the rows so far.
struct ImportTally {
    std::size_t created = 0;
    std::size_t already_there = 0;
    std::vector<BadRow> failed;
    std::size_t done() const noexcept { return created + already_there + failed.size(); }
};

/// What the server says after the import.
struct Proof {
    std::vector<std::string> lost;     ///< reported as created or there, but not there
    std::vector<std::string> doubled;  ///< there more than once
};

/// Puts contacts into Odoo, each exactly once, some at a time.
///
/// Runs on one thread. Lifetime: client and contacts must outlive it.
class ImportRun {
public:
    ImportRun(zenoo_rpc::ZenooClient& client, std::vector<Contact> const& contacts)
        : client_{client}, contacts_{contacts} {}

    /// Imports all contacts, `concurrency` at a time. Returns when nothing is running any more.
    ///
    /// Cancellation: terminal; what runs is cancelled and waited for, what has not begun never begins.
    boost::asio::awaitable<void> run(std::size_t concurrency);

    ImportTally const& tally() const noexcept { return tally_; }

    /// Reads back what is there, and compares.
    boost::asio::awaitable<Proof> prove();

private:
    boost::asio::awaitable<void> work();
    boost::asio::awaitable<void> import(Contact const& contact);
    /// How many partners there are of each reference.
    boost::asio::awaitable<std::multiset<std::string>> references();

    zenoo_rpc::ZenooClient& client_;
    std::vector<Contact> const& contacts_;
    std::size_t next_ = 0;
    std::set<std::string> known_;      // before this run
    std::set<std::string> confirmed_;  // by this run
    ImportTally tally_;
};

#endif  // EXAMPLES_IMPORT_IMPORT_RUN_HPP
