// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_IMPORT_BATCH_SIZE_HPP
#define ZENOO_RPC_SRC_ODOO_IMPORT_BATCH_SIZE_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <cstddef>

namespace zenoo_rpc::detail {

/// Number of records per call: halved when the server nearly runs out of time or fails to respond, doubled when it is
/// quick.
class BatchSize {
public:
    /// Starts with `most`, which is also the maximum. The server kills a call after `time_limit`.
    BatchSize(std::size_t most, Duration time_limit) noexcept : most_{most}, size_{most}, time_limit_{time_limit} {}

    std::size_t get() const noexcept { return size_; }

    /// Reports that a call with that many records succeeded after `took`.
    void loaded(std::size_t records, Duration took) noexcept;
    /// Reports that a call got no response, or one from a gateway instead of the server.
    void died() noexcept;

private:
    std::size_t most_;
    std::size_t size_;
    Duration time_limit_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_BATCH_SIZE_HPP
