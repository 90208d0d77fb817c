// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/testing/odoo_faults.hpp>

#include <cstdint>
#include <string>
#include <vector>

using namespace zenoo_rpc::testing;
using namespace std::chrono_literals;

namespace {

std::vector<Fault> sequence(OdooFaults faults, std::size_t length) {
    std::vector<Fault> fates;
    for (std::size_t i = 0; i < length; ++i) fates.push_back(faults.next());
    return fates;
}

/// Returns the number of faults injected until `successes` requests have received a response.
std::uint64_t faults_met_by(OdooFaults& faults, int successes) {
    while (successes > 0) {
        FaultKind const kind = faults.next().kind;
        if (kind == FaultKind::none || kind == FaultKind::delay_response) --successes;
    }
    return faults.injected();
}

}  // namespace

TEST_CASE("without script and profile no faults are injected") {
    OdooFaults faults;
    for (int i = 0; i < 100; ++i) CHECK(faults.next() == Fault{});
    CHECK(faults.injected() == 0);
}

TEST_CASE("scripted faults come in their order, then those of the profile") {
    OdooFaults faults;
    faults.script({Fault::drop_response(), Fault{}, Fault::delay_response(1s)});
    faults.script(Fault::load_conflict());
    CHECK(faults.scripted() == 4);
    CHECK(faults.next() == Fault::drop_response());
    CHECK(faults.next() == Fault{});
    CHECK(faults.next() == Fault::delay_response(1s));
    CHECK(faults.next() == Fault::load_conflict());
    CHECK(faults.next() == Fault{});
    CHECK(faults.injected() == 3);
    CHECK(faults.injected(FaultKind::drop_response) == 1);
}

TEST_CASE("the same seed gives the same faults and another seed different ones") {
    auto const first = sequence(OdooFaults(FaultProfile::flaky(), 7), 500);
    CHECK(first == sequence(OdooFaults(FaultProfile::flaky(), 7), 500));
    CHECK(first != sequence(OdooFaults(FaultProfile::flaky(), 8), 500));
}

TEST_CASE("a profile exempts the first requests so that a program can log in") {
    OdooFaults faults(FaultProfile{.name = "always", .odds = {{1.0, Fault::drop_response()}}, .spared = 3}, 1);
    for (int i = 0; i < 3; ++i) CHECK(faults.next() == Fault{});
    CHECK(faults.next() == Fault::drop_response());
}

TEST_CASE("flaky injects more than 400 faults into 2,000 creations with any seed, most of them lost connections") {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        OdooFaults faults(FaultProfile::flaky(), seed);
        auto const met = faults_met_by(faults, 2000);
        CHECK(met > 400);
        CHECK(met < 1200);
        auto const lost = faults.injected(FaultKind::drop_response) + faults.injected(FaultKind::reset_connection)
                          + faults.injected(FaultKind::truncate_response)
                          + faults.injected(FaultKind::close_before_reading);
        CHECK(2 * lost > met);
    }
}

TEST_CASE("storm makes every second request fail") {
    OdooFaults faults(FaultProfile::storm(), 3);
    for (int i = 0; i < 10'000; ++i) faults.next();
    CHECK(faults.injected() > 4'700);
    CHECK(faults.injected() < 5'300);
}

TEST_CASE("outage stops the server for seconds at regular intervals") {
    OdooFaults faults(FaultProfile::outages(), 1);
    std::vector<int> away;
    for (int i = 1; i <= 2'000; ++i) {
        Fault const fault = faults.next();
        if (fault.kind == FaultKind::refuse_connection && fault.lasting >= 1s) away.push_back(i);
    }
    CHECK(away == std::vector{800, 1600});
}

TEST_CASE("while the database is down every request fails with that fault") {
    OdooFaults faults;
    faults.script(Fault::drop_response());
    faults.database_down(true);
    CHECK(faults.next().kind == FaultKind::database_down);
    faults.database_down(false);
    CHECK(faults.next() == Fault::drop_response());
}

TEST_CASE("profiles are found by name") {
    for (std::string const name : {"none", "flaky", "storm", "outage"}) CHECK(FaultProfile::named(name)->name == name);
    CHECK_FALSE(FaultProfile::named("sunny"));
}

TEST_CASE("a fault states whether the request reaches the server and is executed") {
    CHECK_FALSE(Fault::refuse_connection(1s).reaches_server());
    CHECK_FALSE(Fault::close_before_reading().reaches_server());
    CHECK(Fault::drop_response().executes);
    CHECK(Fault::gateway_timeout(Executed::yes).executes);
    CHECK_FALSE(Fault::bad_gateway(Executed::no).executes);
    CHECK_FALSE(Fault::serialization_failure().executes);
    CHECK(to_string(FaultKind::truncate_response) == "truncate_response");
}
