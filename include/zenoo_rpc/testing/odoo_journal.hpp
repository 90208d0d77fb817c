// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_ODOO_JOURNAL_HPP
#define ZENOO_RPC_TESTING_ODOO_JOURNAL_HPP

#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <vector>

namespace zenoo_rpc::testing {

/// Records the commits of a simulated server in a file: one line of JSON per transaction, written before the response,
/// so that a killed server loses nothing that it has confirmed.
///
/// Lifetime: `core` must outlive the journal, and must not be used after the journal is destroyed.
class OdooJournal {
public:
    /// Replays the file into `core`, then appends further commits to it. Drops an incomplete last line.
    ///
    /// Throws std::runtime_error if the file is not a journal or cannot be written.
    OdooJournal(std::filesystem::path file, OdooServerCore& core);
    OdooJournal(OdooJournal const&) = delete;
    OdooJournal& operator=(OdooJournal const&) = delete;

    std::size_t replayed() const noexcept { return replayed_; }  ///< transactions found in the file

private:
    void replay(OdooServerCore& core);
    void append(std::vector<OdooChange> const& changes);

    std::filesystem::path file_;
    std::ofstream out_;
    std::size_t replayed_ = 0;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_ODOO_JOURNAL_HPP
