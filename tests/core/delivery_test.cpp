// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/core/delivery.hpp>

#include <string>

using namespace zenoo_rpc;

TEST_CASE("each delivery has a readable name") {
    CHECK(to_string(Delivery::not_sent) == std::string{"not sent"});
    CHECK(to_string(Delivery::rejected) == std::string{"rejected"});
    CHECK(to_string(Delivery::unknown) == std::string{"unknown"});
    CHECK(to_string(static_cast<Delivery>(99)) == std::string{"?"});
}
