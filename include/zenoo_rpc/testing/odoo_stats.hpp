// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_ODOO_STATS_HPP
#define ZENOO_RPC_TESTING_ODOO_STATS_HPP

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <string>

namespace zenoo_rpc::testing {

/// Counters for one external id (`module.name`) over all requests that contained it.
struct ExternalIdCounts {
    std::uint64_t sent = 0;       ///< requests with this id that reached the server
    std::uint64_t executed = 0;   ///< calls among these that were executed
    std::uint64_t committed = 0;  ///< records created with this id: 1 means exactly once
};

/// Counters of a simulated server.
struct OdooStats {
    std::uint64_t requests = 0;  ///< calls that reached the server
    std::uint64_t executed = 0;  ///< calls among these that were executed, whether or not the response arrived
    std::uint64_t faults = 0;    ///< injected faults
    std::map<std::string, std::uint64_t> faults_by_kind;
    std::map<std::string, std::uint64_t> created;  ///< created records by model
    std::map<std::string, ExternalIdCounts> external_ids;
};

void to_json(nlohmann::json& json, ExternalIdCounts const& counts);
void to_json(nlohmann::json& json, OdooStats const& stats);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_ODOO_STATS_HPP
