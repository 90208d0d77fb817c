// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_CHECKPOINT_HPP
#define ZENOO_RPC_ODOO_CHECKPOINT_HPP

#include <cstdint>
#include <functional>
#include <string>

namespace zenoo_rpc {

/// Remembers how far an import has come, so that the next one of the same records begins there.
struct Checkpoint {
    std::function<std::uint64_t()> load = {};      ///< how many records, from the first on, are settled; empty: none
    std::function<void(std::uint64_t)> save = {};  ///< told after each batch; empty: nobody is
};

/// Remembers it in a file, which is replaced as a whole, so that a crash leaves the old state or the new one.
///
/// A file that is not there stands for the beginning. `load` and `save` throw `std::runtime_error`, which names the
/// file, where it cannot be read or written, or is none of this library's.
Checkpoint checkpoint_file(std::string path);

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_CHECKPOINT_HPP
