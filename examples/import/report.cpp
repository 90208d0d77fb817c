// SPDX-License-Identifier: BSL-1.0
#include "report.hpp"

#include <algorithm>
#include <chrono>
#include <iomanip>

namespace {

class Table {
public:
    explicit Table(std::ostream& out) : out_{out} { out_ << std::fixed << std::setprecision(2); }
    template <class Value>
    Table& line(char const* label, Value value, char const* unit = "") {
        out_ << "  " << std::left << std::setw(18) << label << std::right << std::setw(10) << value << unit << '\n';
        return *this;
    }

private:
    std::ostream& out_;
};

double seconds(zenoo_rpc::Duration duration) { return std::chrono::duration<double>(duration).count(); }

}  // namespace

void print(std::ostream& out, Report const& report) {
    Table table{out};
    table.line("rows", report.rows)
        .line("created", report.tally.created)
        .line("already existed", report.tally.already_there)
        .line("done earlier", report.tally.settled_before)
        .line("failed", report.tally.failed.size())
        .line("not finished", report.rows - report.tally.done())
        .line("attempts", report.metrics.total_attempts)
        .line("retries", report.metrics.retries)
        .line("mean delay", seconds(report.metrics.average_delay), " s")
        .line("circuit openings", report.metrics.circuit_breaker_opens)
        .line("wall time", seconds(report.wall_time), " s");
    if (report.injected_faults) table.line("injected faults", *report.injected_faults);

    auto failed = report.tally.failed;
    std::sort(failed.begin(), failed.end(), [](auto const& a, auto const& b) { return a.line < b.line; });
    for (auto const& row : failed) out << "  line " << row.line << ": " << row.reason << '\n';
}
