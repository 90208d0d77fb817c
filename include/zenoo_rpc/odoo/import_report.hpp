// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_IMPORT_REPORT_HPP
#define ZENOO_RPC_ODOO_IMPORT_REPORT_HPP

#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/odoo/record_id.hpp>

#include <boost/system/result.hpp>

#include <cstdint>
#include <string>

namespace zenoo_rpc {

/// What has become of one record of an import.
struct ImportOutcome {
    std::uint64_t index;  ///< of the record, from 0 on
    std::string id;       ///< its external id
    boost::system::result<RecordId, Failure> record;
};

/// What has become of an import.
struct ImportReport {
    std::uint64_t skipped = 0;   ///< settled by an earlier import, says the checkpoint
    std::uint64_t imported = 0;  ///< created, or there already
    std::uint64_t failed = 0;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_IMPORT_REPORT_HPP
