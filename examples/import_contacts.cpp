// SPDX-License-Identifier: BSL-1.0
// Imports the contacts of a CSV file into Odoo, each exactly once, however unreliable network and server are.
#include "common/password.hpp"
#include "common/simulator_process.hpp"
#include "import/contacts.hpp"
#include "import/import_run.hpp"
#include "import/progress.hpp"
#include "import/report.hpp"

#include <zenoo_rpc.hpp>

#include <CLI/CLI.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>

namespace asio = boost::asio;
using namespace zenoo_rpc;
using namespace std::chrono_literals;

namespace {

enum Status { everything_arrived = 0, something_failed = 1, not_begun = 2, interrupted = 130 };

struct Settings {
    std::string file;
    std::string url;
    std::string database = "odoo19";
    std::string user = "admin";
    std::string faults = "flaky";
    std::uint64_t seed = 1;
    int batch = 100;
    int concurrency = 4;
    std::string resume;
};

/// Sets up patient retries, with a circuit breaker at which calls wait, so that a server that is down is not flooded.
void set_up_retries(ZenooClient& client) {
    CircuitBreakerOptions const circuit{.failure_threshold = 8, .recovery_timeout = 1s, .on_open = OnOpen::wait};
    auto const breaker = std::make_shared<CircuitBreaker>(circuit, "Odoo");
    ExponentialBackoff const backoff{.max_attempts = 30, .base_delay = 100ms, .max_delay = 5s, .multiplier = 1.5};
    client.setup_retry_manager({.strategy = backoff, .circuit_breaker = breaker, .collect_metrics = true});
}

/// Logs in with few retries: a server that cannot be reached must be reported soon.
asio::awaitable<void> log_in(ZenooClient& client, Settings const& settings, std::string const& password) {
    RetryPolicy const policy{.strategy = ExponentialBackoff{.max_attempts = 4, .base_delay = 200ms}};
    co_await async_retry(policy, [&] { return client.login(settings.database, settings.user, password); });
}

/// The import from login to verification; `run` returns the exit status of the program.
class Job {
public:
    Job(Settings const& settings, std::string password, Contacts const& contacts, std::string const& url,
        asio::any_io_executor executor)
        : settings_{settings},
          password_{std::move(password)},
          contacts_{contacts},
          url_{url},
          client_{executor, url, ClientOptions{.connect_timeout = 5s}},
          run_{client_, contacts.good},
          progress_{client_, run_, contacts.good.size()} {}

    asio::awaitable<Status> run() {
        auto const cancellation = co_await asio::this_coro::cancellation_state;
        co_await log_in(client_, settings_, password_);
        set_up_retries(client_);
        std::cout << settings_.file << ": " << contacts_.rows() << " rows into " << url_ << " (" << settings_.database
                  << "), " << settings_.concurrency << " concurrent batches of " << settings_.batch << std::endl;

        auto const started = Clock::now();
        co_await import_with_progress();
        report_.rows = contacts_.rows();
        report_.tally = run_.tally();
        for (auto const& row : contacts_.bad) report_.tally.failed.push_back(row);
        report_.metrics = client_.retry_manager().get_metrics();
        report_.wall_time = Clock::now() - started;
        if (cancellation.cancelled() != asio::cancellation_type::none) {
            print(std::cout, report_);
            co_return interrupted;
        }
        Proof const proof = co_await run_.prove();
        if (settings_.url.empty()) report_.injected_faults = co_await simulator_faults();
        print(std::cout, report_);
        std::cout << contacts_.rows() << " rows, " << proof.lost.size() << " lost, " << proof.duplicated.size()
                  << " duplicated\n";
        bool const perfect = proof.lost.empty() && proof.duplicated.empty() && report_.tally.failed.empty();
        co_return perfect ? everything_arrived : something_failed;
    }

private:
    asio::awaitable<void> import_with_progress() {
        struct StopAtTheEnd {
            ProgressLine& line;
            ~StopAtTheEnd() { line.stop(); }
        };
        progress_.start(client_.get_executor());
        StopAtTheEnd const stop{progress_};
        auto options = ImportOptions().batch_size(settings_.batch).max_concurrency(settings_.concurrency);
        std::function<void(BadRow const&)> on_failed;
        if (!settings_.resume.empty()) {
            options.checkpoint(checkpoint_file(settings_.resume));
            // An import that continues after a kill begins behind the checkpoint and would never report this row.
            on_failed = [this](BadRow const& row) {
                progress_.say("  line " + std::to_string(row.line) + ": " + row.reason);
            };
        }
        co_await run_.run(std::move(options), std::move(on_failed));
    }

    asio::awaitable<std::uint64_t> simulator_faults() {
        HttpTransport transport{parse_server_address(url_)};
        HttpRequest request;
        request.method = "GET";
        request.target = "/stats";
        Result<HttpResponse> const response = co_await transport.exchange(std::move(request));
        auto const stats = nlohmann::json::parse(response.value().body);
        co_return stats.at("faults").get<std::uint64_t>();
    }

    Settings const& settings_;
    std::string password_;
    Contacts const& contacts_;
    std::string const& url_;
    ZenooClient client_;
    ImportRun run_;
    ProgressLine progress_;
    Report report_;
};

/// Parses the command line; returns an exit status if the program should end at once.
std::optional<int> read_arguments(int argc, char** argv, Settings& settings) {
    CLI::App app{"Imports the contacts of a CSV file into Odoo, each exactly once."};
    app.footer(
        "The password comes from ZENOO_RPC_PASSWORD or from a prompt.\n"
        "Exit status: 0 all rows imported, 1 some row failed, 2 could not begin, 130 interrupted.");
    app.add_option("file", settings.file, "CSV file whose header has key, name and other fields of res.partner")
        ->required();
    auto* const url = app.add_option("--url", settings.url, "URL of the server; without it the simulator is started");
    app.add_option("--database", settings.database, "name of the database")->capture_default_str();
    app.add_option("--user", settings.user, "login name")->capture_default_str();
    app.add_option("--faults", settings.faults, "fault profile of the simulator")
        ->check(CLI::IsMember({"none", "flaky", "storm", "outage"}))
        ->capture_default_str()
        ->excludes(url);
    app.add_option("--seed", settings.seed, "seed of the simulator's faults")->capture_default_str()->excludes(url);
    app.add_option("--batch", settings.batch, "rows per call")->check(CLI::Range(1, 1000))->capture_default_str();
    app.add_option("--concurrency", settings.concurrency, "concurrent calls")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    app.add_option("--resume", settings.resume, "checkpoint file; an import continues where it stopped");
    try {
        app.parse(argc, argv);
        return std::nullopt;
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? 0 : not_begun;
    }
}

Contacts read_file(std::string const& name) {
    std::ifstream file{name, std::ios::binary};
    if (!file) throw std::runtime_error{"cannot read " + name};
    return read_contacts(file);
}

/// Runs the job until it ends or is interrupted by Ctrl-C.
Status run_to_the_end(Job& job, asio::io_context& io) {
    Status status = not_begun;
    bool is_stopped = false;
    asio::cancellation_signal stop;
    asio::signal_set signals{io, SIGINT, SIGTERM};
    signals.async_wait([&](boost::system::error_code error, int) {
        if (error) return;
        is_stopped = true;
        stop.emit(asio::cancellation_type::terminal);
    });
    auto finished = [&](std::exception_ptr failure, Status how) {
        signals.cancel();
        if (failure && !is_stopped) std::rethrow_exception(failure);
        status = failure ? interrupted : how;
    };
    asio::co_spawn(io, job.run(), asio::bind_cancellation_slot(stop.slot(), std::move(finished)));
    io.run();
    return status;
}

Status import_contacts(Settings const& settings) {
    auto const contacts = read_file(settings.file);
    bool const simulated = settings.url.empty();
    auto const password = simulated ? std::string{"admin"} : ask_password(settings.user);
    std::optional<SimulatorProcess> simulator;
    if (simulated) simulator.emplace(settings.faults, settings.seed);
    auto const& url = simulated ? simulator->url() : settings.url;

    asio::io_context io{1};
    Job job{settings, password, contacts, url, io.get_executor()};
    return run_to_the_end(job, io);
}

}  // namespace

int main(int argc, char** argv) {
    Settings settings;
    if (auto const status = read_arguments(argc, argv, settings)) return *status;
    try {
        return import_contacts(settings);
    } catch (std::exception const& error) {
        std::cerr << "import_contacts: " << error.what() << '\n';
        return not_begun;
    }
}
