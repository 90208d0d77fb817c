// SPDX-License-Identifier: BSL-1.0
// Measures imports: batches compared with single records, the client's processor time per record, and memory by number
// of records.
#include "support/contacts_in.hpp"
#include "support/gate.hpp"
#include "testing/server/faulty_server.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/odoo/http_transport.hpp>
#include <zenoo_rpc/odoo/import_records.hpp>
#include <zenoo_rpc/odoo/url.hpp>
#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace zenoo_rpc;
using namespace zenoo_rpc::bench;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr std::size_t batch = 100;

asio::awaitable<void> import(ZenooClient& client, std::size_t count, int batch_size) {
    co_await client.login("odoo19", "admin", "admin");
    auto const options = ImportOptions().batch_size(batch_size);
    ImportReport const report = co_await import_records(client, "res.partner", contacts(count), options);
    if (report.imported != count) std::abort();
}

void import_through(std::shared_ptr<Transport> line, std::size_t count, int batch_size = batch) {
    asio::io_context io{1};
    ZenooClient client{io.get_executor(), std::move(line)};
    asio::co_spawn(io, import(client, count, batch_size), [](std::exception_ptr error) {
        if (error) std::rethrow_exception(error);
    });
    io.run();
}

// ---- batches compared with single records

/// The simulator, with the times of a call of `load` measured on Odoo 19.
class MeasuredOdoo final : public Transport {
public:
    asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request) override {
        auto response = odoo_.respond(request);
        auto const rows = rows_in(request.body);
        if (rows > 0) co_await async_sleep(time_of(static_cast<double>(rows)));
        co_return response;
    }

private:
    static std::size_t rows_in(std::string const& body) {
        auto const call = json::parse(body);
        auto const args = call.value("/params/args"_json_pointer, json());
        return args.is_array() && args.size() > 5 && args[4] == "load" ? args[5][1].size() : 0;
    }

    static Duration time_of(double rows) {
        struct Point {
            double rows;
            double milliseconds;
        };
        static constexpr std::array<Point, 4> measured{{{1, 25}, {10, 33}, {100, 109}, {1000, 882}}};
        auto const* above = std::ranges::find_if(measured, [&](Point const& point) { return point.rows >= rows; });
        if (above == measured.begin()) return 25ms;
        auto const* below = above - 1;
        auto const part = (rows - below->rows) / (above->rows - below->rows);
        auto const time = below->milliseconds + part * (above->milliseconds - below->milliseconds);
        return std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::milli>{time});
    }

    testing::OdooServerCore odoo_;
};

double seconds_each(char const* name, std::size_t count, int batch_size) {
    auto const began = Clock::now();
    import_through(std::make_shared<MeasuredOdoo>(), count, batch_size);
    auto const each = std::chrono::duration<double>(Clock::now() - began).count() / static_cast<double>(count);
    std::printf("%-40s %12.0f records/s\n", name, 1 / each);
    return each;
}

// ---- the client's processor time

class QuickServer final : public testing::Responder {
public:
    testing::Fault next_fault() override { return {}; }
    HttpResponse respond(HttpRequest const& request, testing::Fault const&) override { return odoo_.respond(request); }
    void database_down(bool) override {}
    void failed(std::exception_ptr error) override { std::rethrow_exception(error); }

private:
    QuickOdoo odoo_{batch};
};

/// Returns the processor time of this thread; the server runs in another one.
double processor_seconds() {
    rusage used{};
    getrusage(RUSAGE_THREAD, &used);
    auto const seconds = [](timeval const& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double importing_over_sockets(std::size_t count) {
    QuickServer responder;
    testing::FaultyServer const server{responder, {}};
    auto const url = "http://127.0.0.1:" + std::to_string(server.port());
    auto const began = processor_seconds();
    import_through(std::make_shared<HttpTransport>(parse_server_address(url)), count);
    return (processor_seconds() - began) / static_cast<double>(count);
}

/// Encodes equal calls and decodes equal responses with nlohmann's JSON tree and nothing else, as a baseline.
double encoding_and_decoding(std::size_t count) {
    auto const response = QuickOdoo{batch}.load_response();
    std::size_t sum = 0;
    auto const began = processor_seconds();
    for (std::size_t first = 0; first < count; first += batch) {
        auto rows = json::array();
        auto columns = json::array();
        for (std::size_t i = first; i < first + batch; ++i) {
            auto const record = contact(i);
            auto row = json::array({record.id.text()});
            columns = json::array({"id"});
            for (auto const& [field, value] : record.values.members()) {
                columns.push_back(field == "country_id" ? "country_id/id" : field);
                row.push_back(
                    value.is_string() ? value : json(value.is_boolean() ? (value == true ? "1" : "0") : value.dump()));
            }
            rows.push_back(std::move(row));
        }
        json call{{"jsonrpc", "2.0"}, {"method", "call"}, {"id", first}};
        auto& params = call["params"];
        params["service"] = "object";
        params["method"] = "execute_kw";
        params["args"] = {"odoo19", 2, "admin", "res.partner", "load", {std::move(columns), std::move(rows)}};
        params["args"].push_back({{"context", {{"mode", "update"}, {"noupdate", true}}}});
        sum += call.dump().size();
        sum += json::parse(response).at("result").at("ids").size();
    }
    auto const seconds = processor_seconds() - began;
    if (sum < count) std::abort();
    return seconds / static_cast<double>(count);
}

template <class Measure>
double best_of_five(char const* name, Measure measure) {
    double best = 1e9;
    for (int round = 0; round < 5; ++round) best = std::min(best, measure(20'000));
    std::printf("%-40s %12.2f us processor time per record\n", name, best * 1e6);
    return best;
}

// ---- memory

class QuickLine final : public Transport {
public:
    asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request) override { co_return odoo_.respond(request); }

private:
    QuickOdoo odoo_{batch};
};

/// Returns the peak memory of an import, in a separate process.
double resident_bytes(std::size_t count) {
    auto const child = fork();
    if (child == 0) {
        import_through(std::make_shared<QuickLine>(), count);
        _exit(0);
    }
    int status = 0;
    rusage used{};
    if (child < 0 || wait4(child, &status, 0, &used) != child || status != 0) std::abort();
    auto const bytes = static_cast<double>(used.ru_maxrss) * 1024;
    std::printf("%-40zu %12.0f bytes resident\n", count, bytes);
    std::fflush(stdout);
    return bytes;
}

}  // namespace

int main() {
    auto const few = resident_bytes(10'000);  // first, because a child begins with the memory of its parent
    auto const many = resident_bytes(1'000'000);
    auto const singly = seconds_each("one by one", 400, 1);
    auto const in_batches = seconds_each("in batches of 100", 4000, batch);
    auto const importing = best_of_five("import_records over sockets", importing_over_sockets);
    auto const floor = best_of_five("encode and decode", encoding_and_decoding);
    gate("import.batches", in_batches / singly, 1 / 8.0, "a record in a batch of 100 / one by one, time");
    gate("import.client", importing / floor, 3, "client of an import / encode + decode loop, processor time");
    gate("import.memory", many / few, 1.05, "1 000 000 records / 10 000, resident memory");
}
