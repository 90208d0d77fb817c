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

/// Outcomes of the rows so far.
struct ImportTally {
    std::size_t created = 0;
    std::size_t already_there = 0;
    std::size_t settled_before = 0;  ///< by the import that this one continues
    std::vector<BadRow> failed;
    std::size_t done() const noexcept { return created + already_there + settled_before + failed.size(); }
};

/// Comparison of the server's records with the import's report.
struct Proof {
    std::vector<std::string> lost;        ///< reported as created or existing, but missing
    std::vector<std::string> duplicated;  ///< found more than once
};

/// Imports contacts into Odoo, each exactly once, in batches.
///
/// Runs on one thread. Lifetime: client and contacts must outlive it.
class ImportRun {
public:
    ImportRun(zenoo_rpc::ZenooClient& client, std::vector<Contact> const& contacts)
        : client_{client}, contacts_{contacts} {}

    /// Imports all contacts. Returns when nothing is running any more, even if cancelled. Calls `on_failed`, unless it
    /// is empty, for each rejected contact at once, before a checkpoint includes that contact.
    boost::asio::awaitable<void> run(zenoo_rpc::ImportOptions options, std::function<void(BadRow const&)> on_failed);

    ImportTally const& tally() const noexcept { return tally_; }

    /// Reads the records back and compares.
    boost::asio::awaitable<Proof> prove();

private:
    void note(zenoo_rpc::ImportOutcome const& outcome);
    /// Returns the references of contacts that partners have, once per partner.
    boost::asio::awaitable<std::multiset<std::string>> references();

    zenoo_rpc::ZenooClient& client_;
    std::vector<Contact> const& contacts_;
    std::set<std::string> known_;      // before this run
    std::set<std::string> confirmed_;  // by this run
    ImportTally tally_;
    std::function<void(BadRow const&)> on_failed_;
};

#endif  // EXAMPLES_IMPORT_IMPORT_RUN_HPP
