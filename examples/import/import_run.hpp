// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_IMPORT_IMPORT_RUN_HPP
#define EXAMPLES_IMPORT_IMPORT_RUN_HPP

#include "contacts.hpp"

#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/odoo/import_records.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <vector>

/// What has become of the rows so far.
struct ImportTally {
    std::size_t created = 0;
    std::size_t already_there = 0;
    std::size_t settled_before = 0;  ///< by the import that this one goes on with
    std::vector<BadRow> failed;
    std::size_t done() const noexcept { return created + already_there + settled_before + failed.size(); }
};

/// What the server says after the import.
struct Proof {
    std::vector<std::string> lost;     ///< reported as created or there, but not there
    std::vector<std::string> doubled;  ///< there more than once
};

/// Puts contacts into Odoo, each exactly once, in batches.
///
/// Runs on one thread. Lifetime: client and contacts must outlive it.
class ImportRun {
public:
    ImportRun(zenoo_rpc::ZenooClient& client, std::vector<Contact> const& contacts)
        : client_{client}, contacts_{contacts} {}

    /// Imports all contacts. Returns when nothing is running any more, also when it was cancelled. A contact that is
    /// refused is told at once, if anybody wants to know, before a checkpoint says that it is done.
    boost::asio::awaitable<void> run(zenoo_rpc::ImportOptions options, std::function<void(BadRow const&)> on_failed);

    ImportTally const& tally() const noexcept { return tally_; }

    /// Reads back what is there, and compares.
    boost::asio::awaitable<Proof> prove();

private:
    void note(zenoo_rpc::ImportOutcome const& outcome);
    /// How many partners there are of each reference.
    boost::asio::awaitable<std::multiset<std::string>> references();

    zenoo_rpc::ZenooClient& client_;
    std::vector<Contact> const& contacts_;
    std::set<std::string> known_;      // before this run
    std::set<std::string> confirmed_;  // by this run
    ImportTally tally_;
    std::function<void(BadRow const&)> on_failed_;
};

#endif  // EXAMPLES_IMPORT_IMPORT_RUN_HPP
