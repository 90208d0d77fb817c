// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_IMPORT_BATCH_SIZE_HPP
#define ZENOO_RPC_SRC_ODOO_IMPORT_BATCH_SIZE_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <cstddef>

namespace zenoo_rpc::detail {

/// How many records go into one call: halved where the server nearly runs out of time, or dies of it, and doubled where
/// it is quick.
class BatchSize {
public:
    /// Begins with `most`. The server has `time_limit` for a call.
    BatchSize(std::size_t most, Duration time_limit) noexcept : most_{most}, size_{most}, time_limit_{time_limit} {}

    std::size_t get() const noexcept { return size_; }

    /// A call with that many records has succeeded.
    void loaded(std::size_t records, Duration took) noexcept;
    /// A call was left without an answer, or a gateway spoke in the server's place.
    void died() noexcept;

private:
    std::size_t most_;
    std::size_t size_;
    Duration time_limit_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_BATCH_SIZE_HPP
