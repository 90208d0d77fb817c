// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_ODOO_JOURNAL_HPP
#define ZENOO_RPC_TESTING_ODOO_JOURNAL_HPP

#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <vector>

namespace zenoo_rpc::testing {

/// Keeps what a simulated server commits in a file: a line of JSON per transaction, written before it is answered, so
/// that a server that is killed loses nothing it has told anyone.
///
/// Lifetime: `core` must outlive it, and must not be used after it is gone.
class OdooJournal {
public:
    /// Brings `core` to where the file ends, then goes on writing it. A last line that is cut off is dropped.
    ///
    /// Throws std::runtime_error if the file is no journal or can't be written.
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
