// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/odoo/external_id.hpp>
#include <zenoo_rpc/odoo/values.hpp>

#include <set>
#include <stdexcept>
#include <string>

using namespace zenoo_rpc;

TEST_CASE("equal content always has the same external id, whatever the order of the fields") {
    auto const id = ExternalId::of_content("shop", values("name", "Ada", "color", 3).json());
    // printf '{"color":3,"name":"Ada"}' | sha256sum | cut -c1-32
    CHECK(id.text() == "shop.2c9ef55ad1af675bc25591927b2c0dcf");
    CHECK(id == ExternalId::of_content("shop", values("color", 3, "name", "Ada").json()));
    CHECK(id != ExternalId::of_content("shop", values("name", "Ada", "color", "3").json()));
    CHECK(id != ExternalId::of_content("store", values("name", "Ada", "color", 3).json()));
    CHECK_THROWS_WITH(ExternalId::of_content("shop", "caf\xE9"),
                      "ExternalId::of_content: the content has text that is not valid UTF-8");
    CHECK_THROWS_AS(ExternalId::of_content("my shop", "x"), std::invalid_argument);
}

TEST_CASE("random external ids are all different") {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) CHECK(seen.insert(ExternalId::random("shop").text()).second);
    CHECK(seen.begin()->size() == std::string{"shop."}.size() + 32);
}
