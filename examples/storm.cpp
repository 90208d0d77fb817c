// SPDX-License-Identifier: BSL-1.0
// Shows the effect of retries on a server that was down for a while: an outage in virtual time, with clients that retry
// blindly, with backoff, and with backoff behind a circuit breaker.
#include "storm/picture.hpp"
#include "storm/run.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <CLI/CLI.hpp>

#include <chrono>
#include <exception>
#include <fstream>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>

namespace {

/// Parses the command line; returns an exit status if the program should end at once.
std::optional<int> read_arguments(int argc, char** argv, Outage& outage, std::string& output) {
    CLI::App app{"Simulates an outage of a server and the load from its clients, and draws a picture."};
    int begins = 30;
    int ends = 60;
    int length = 120;
    app.add_option("--clients", outage.clients, "number of clients")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    app.add_option("--capacity", outage.capacity, "calls per second that the server can process")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    app.add_option("--queue", outage.queue, "maximum number of queued calls")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    app.add_option("--begins", begins, "beginning of the outage, in seconds")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    app.add_option("--ends", ends, "end of the outage, in seconds")->check(CLI::Range(1, 3600))->capture_default_str();
    app.add_option("--length", length, "length of the run, in seconds")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    app.add_option("--seed", outage.seed, "seed of pauses and jitter")->capture_default_str();
    app.add_option("--output", output, "output file for the picture, as SVG");
    try {
        app.parse(argc, argv);
        if (begins >= ends || ends >= length)
            throw CLI::ValidationError{"--begins, --ends, --length", "must be in increasing order"};
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    outage.begins = std::chrono::seconds{begins};
    outage.ends = std::chrono::seconds{ends};
    outage.length = std::chrono::seconds{length};
    return std::nullopt;
}

void print(char const* manner, Run const& run) {
    std::cout << manner << ": " << run.peak() << " calls in the worst second, " << run.wasted() << " wasted, ";
    if (run.recovery) {
        std::cout << "all served " << std::chrono::ceil<std::chrono::milliseconds>(*run.recovery).count()
                  << " ms after the outage\n";
    } else {
        std::cout << "never all served\n";
    }
}

std::runtime_error cannot_write(std::string const& output) { return std::runtime_error{"cannot write " + output}; }

}  // namespace

int main(int argc, char** argv) {
    Outage outage;
    std::string output;
    if (auto const status = read_arguments(argc, argv, outage, output)) return *status;
    try {
        bool const is_wanted = !output.empty();
        if (is_wanted && !std::ofstream{output, std::ios::app}) throw cannot_write(output);
        Storms const storms{run_outage(outage, Manner::blind), run_outage(outage, Manner::backoff),
                            run_outage(outage, Manner::breaker)};
        std::cout << "usual: " << usual_load(storms.backoff, outage) << " calls per second\n";
        print("blind", storms.blind);
        print("backoff", storms.backoff);
        print("breaker", storms.breaker);
        if (!is_wanted) return 0;
        std::ofstream file{output, std::ios::binary};
        file << picture(outage, storms) << std::flush;
        if (!file) throw cannot_write(output);
    } catch (std::exception const& error) {
        std::cerr << "storm: " << error.what() << '\n';
        return 1;
    }
}
