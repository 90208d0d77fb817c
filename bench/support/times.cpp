// SPDX-License-Identifier: BSL-1.0
#include "support/times.hpp"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdio>
#include <stdexcept>
#include <vector>

namespace zenoo_rpc::bench {

namespace {

/// Collects the times of all rounds.
class Rounds final : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(Context const&) override { return true; }
    void ReportRuns(std::vector<Run> const& runs) override {
        for (auto const& run : runs) {
            if (run.error_occurred) throw std::runtime_error{run.benchmark_name() + ": " + run.error_message};
            if (run.run_type != Run::RT_Iteration) continue;
            auto const seconds = run.cpu_accumulated_time / static_cast<double>(run.iterations);
            times_[run.run_name.function_name].push_back(seconds * 1e9);
        }
    }

    Times best() {
        Times best;
        std::printf("%-40s %12s %12s\n", "processor time, ns", "best", "median");
        for (auto& [name, times] : times_) {
            std::ranges::sort(times);
            best[name] = times.front();
            std::printf("%-40s %12.1f %12.1f  of %zu\n", name.c_str(), times.front(), times[times.size() / 2],
                        times.size());
        }
        return best;
    }

private:
    std::map<std::string, std::vector<double>> times_;
};

}  // namespace

Times measure(int argc, char** argv) {
    static char interleaved[] = "--benchmark_enable_random_interleaving=true";
    static char rounds[] = "--benchmark_repetitions=25";
    static char round_time[] = "--benchmark_min_time=0.02";
    std::vector<char*> arguments{argv[0], interleaved, rounds, round_time};
    arguments.insert(arguments.end(), argv + 1, argv + argc);  // the last of equal options applies
    auto count = static_cast<int>(arguments.size());
    benchmark::Initialize(&count, arguments.data());
    Rounds measured;
    benchmark::RunSpecifiedBenchmarks(&measured);
    return measured.best();
}

}  // namespace zenoo_rpc::bench
