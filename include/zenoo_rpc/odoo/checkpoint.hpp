// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_CHECKPOINT_HPP
#define ZENOO_RPC_ODOO_CHECKPOINT_HPP

#include <cstdint>
#include <functional>
#include <string>

namespace zenoo_rpc {

/// Progress of an import.
struct ImportProgress {
    std::uint64_t settled = 0;      ///< number of records, counted from the first, that are done
    std::uint64_t fingerprint = 0;  ///< hash of the model and their external ids; 0: unknown

    friend bool operator==(ImportProgress const&, ImportProgress const&) = default;
};

/// Stores the progress of an import, so that a later import of the same records continues there. A different model, or
/// different records in place of the settled ones, are detected by the fingerprint and rejected with
/// `std::invalid_argument`.
struct Checkpoint {
    std::function<ImportProgress()> load = {};             ///< empty: nothing is settled yet
    std::function<void(ImportProgress const&)> save = {};  ///< called after each batch; empty: progress is not stored
};

/// Returns a checkpoint that stores the progress in a file. The file is replaced as a whole, so that a crash leaves the
/// old state or the new one.
///
/// A missing file means that nothing is settled. `load` and `save` throw `std::runtime_error`, which names the file, if
/// it cannot be read or written, or was not written by this library.
Checkpoint checkpoint_file(std::string path);

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_CHECKPOINT_HPP
