// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_IMPORT_REPORT_HPP
#define EXAMPLES_IMPORT_REPORT_HPP

#include "import_run.hpp"

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/retry/retry_metrics.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>

struct Report {
    std::size_t rows = 0;
    ImportTally tally;
    zenoo_rpc::RetryMetrics metrics;
    zenoo_rpc::Duration wall_time{};
    std::optional<std::uint64_t> injected_faults;  ///< if the server was the simulator
};

/// Prints the counts as a table, and each failed row with line and reason.
void print(std::ostream& out, Report const& report);

#endif  // EXAMPLES_IMPORT_REPORT_HPP
