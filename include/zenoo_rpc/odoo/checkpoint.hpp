// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_CHECKPOINT_HPP
#define ZENOO_RPC_ODOO_CHECKPOINT_HPP

#include <cstdint>
#include <functional>
#include <string>

namespace zenoo_rpc {

/// How far an import has come.
struct ImportProgress {
    std::uint64_t settled = 0;      ///< records, from the first on
    std::uint64_t fingerprint = 0;  ///< of the model and their external ids; 0: nobody knows

    friend bool operator==(ImportProgress const&, ImportProgress const&) = default;
};

/// Remembers how far an import has come, so that the next one of the same records begins there. Other records than
/// those that are settled, or another model, are told by the fingerprint, and refused with `std::invalid_argument`.
struct Checkpoint {
    std::function<ImportProgress()> load = {};             ///< empty: nothing is settled
    std::function<void(ImportProgress const&)> save = {};  ///< told after each batch; empty: nobody is
};

/// Remembers it in a file, which is replaced as a whole, so that a crash leaves the old state or the new one.
///
/// A file that is not there stands for the beginning. `load` and `save` throw `std::runtime_error`, which names the
/// file, where it cannot be read or written, or is none of this library's.
Checkpoint checkpoint_file(std::string path);

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_CHECKPOINT_HPP
