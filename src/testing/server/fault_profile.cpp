// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/testing/fault_profile.hpp>

namespace zenoo_rpc::testing {

using namespace std::chrono_literals;

FaultProfile FaultProfile::none() { return {}; }

FaultProfile FaultProfile::flaky() {
    return {.name = "flaky",
            .odds = {{0.070, Fault::drop_response()},
                     {0.060, Fault::close_before_reading()},
                     {0.030, Fault::reset_connection()},
                     {0.020, Fault::truncate_response()},
                     {0.020, Fault::delay_response(150ms)},
                     {0.010, Fault::bad_gateway(Executed::no)},
                     {0.005, Fault::bad_gateway(Executed::yes)},
                     {0.010, Fault::service_unavailable(Executed::no)},
                     {0.010, Fault::gateway_timeout(Executed::yes)},
                     {0.005, Fault::serialization_failure()},
                     {0.005, Fault::load_conflict()},
                     {0.003, Fault::refuse_connection(100ms)},
                     {0.002, Fault::database_down(200ms)}},
            .spared = 5};
}

FaultProfile FaultProfile::storm() {
    return {.name = "storm",
            .odds = {{0.150, Fault::drop_response()},
                     {0.120, Fault::close_before_reading()},
                     {0.060, Fault::reset_connection()},
                     {0.040, Fault::truncate_response()},
                     {0.030, Fault::delay_response(300ms)},
                     {0.020, Fault::bad_gateway(Executed::no)},
                     {0.010, Fault::bad_gateway(Executed::yes)},
                     {0.020, Fault::service_unavailable(Executed::no)},
                     {0.020, Fault::gateway_timeout(Executed::yes)},
                     {0.010, Fault::serialization_failure()},
                     {0.010, Fault::load_conflict()},
                     {0.005, Fault::refuse_connection(300ms)},
                     {0.005, Fault::database_down(500ms)}},
            .spared = 5};
}

FaultProfile FaultProfile::outages() {
    return {.name = "outage",
            .odds = {{0.010, Fault::drop_response()},
                     {0.010, Fault::close_before_reading()},
                     {0.005, Fault::gateway_timeout(Executed::yes)}},
            .spared = 5,
            .outage_every = 800,
            .outage = 4s};
}

std::optional<FaultProfile> FaultProfile::named(std::string_view name) {
    if (name == "none") return none();
    if (name == "flaky") return flaky();
    if (name == "storm") return storm();
    if (name == "outage") return outages();
    return std::nullopt;
}

}  // namespace zenoo_rpc::testing
