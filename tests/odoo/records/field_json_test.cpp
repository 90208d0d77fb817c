// SPDX-License-Identifier: BSL-1.0
// Field values in the form that Odoo expects.
#include "odoo/fixtures/decoded_rows.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/odoo/domain.hpp>
#include <zenoo_rpc/odoo/typed_field.hpp>
#include <zenoo_rpc/odoo/values.hpp>

#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using nlohmann::json;
using std::chrono::sys_days;

namespace {

constexpr Date leap_day = 2024y / std::chrono::February / 29;
constexpr DateTime last_second = sys_days{leap_day} + 23h + 59min + 59s;

json written(auto const& value) { return values("x", value).json().at("x"); }

struct Company;
struct Order {
    RecordId id = 0;
    std::string name;
    bool is_open = false;
    int lines = 0;
    double total = 0;
    Date day;
    std::optional<DateTime> sent;
    std::optional<State> state;
    Ref<Company> company;
    std::vector<RecordId> line_ids;
    Binary pdf;
};
BOOST_DESCRIBE_STRUCT(Order, (), (id, name, is_open, lines, total, day, sent, state, company, line_ids, pdf))

json condition(Domain const& domain) { return domain.json().at(0); }

}  // namespace

TEST_CASE("dates and times are written as Odoo writes them") {
    CHECK(written(leap_day) == "2024-02-29");
    CHECK(written(sys_days{leap_day}) == "2024-02-29");
    CHECK(written(last_second) == "2024-02-29 23:59:59");
    CHECK(written(DateTime{-1s}) == "1969-12-31 23:59:59");
    CHECK(written(Date{7y / std::chrono::January / 1}) == "0007-01-01");
}

TEST_CASE("invalid days and years that Odoo does not support are rejected") {
    CHECK_THROWS_AS(written(Date{2023y / std::chrono::February / 29}), std::invalid_argument);
    CHECK_THROWS_AS(written(Date{0y / std::chrono::January / 1}), std::invalid_argument);
    CHECK_THROWS_AS(written(Date{10000y / std::chrono::January / 1}), std::invalid_argument);
    CHECK_THROWS_AS(written(Date{}), std::invalid_argument);
}

TEST_CASE("bytes are written in base64, and read back") {
    CHECK(written(Binary{}) == false);
    CHECK(written(bytes("h")) == "aA==");
    CHECK(written(bytes("he")) == "aGU=");
    CHECK(written(bytes("hel")) == "aGVs");
    Binary all;
    for (int value = 0; value < 256; ++value) {
        all.push_back(static_cast<std::byte>(value));
        CHECK(value_of<Binary>(written(all).dump()) == all);
    }
}

TEST_CASE("an empty value is written as false, and a reference as its id") {
    CHECK(written(std::nullopt) == false);
    CHECK(written(std::optional<Date>{}) == false);
    CHECK(written(std::optional{leap_day}) == "2024-02-29");
    CHECK(written(Many2one{7, "Ada"}) == 7);
    CHECK(written(Many2one{}) == false);
    CHECK(written(Ref<Company>{{7, "Ada"}}) == 7);
    CHECK(written(Ref<Company>{}) == false);
}

TEST_CASE("a choice of a selection is written as its name") {
    CHECK(written(State::draft) == "draft");
    CHECK(written(State::private_) == "private");
    CHECK(written(std::vector{State::done, State::draft}) == json({"done", "draft"}));
    CHECK_THROWS_AS(written(static_cast<State>(9)), std::invalid_argument);
}

TEST_CASE("conditions accept these values") {
    CHECK(condition(field("date") >= leap_day) == json({"date", ">=", "2024-02-29"}));
    CHECK(condition(field("sent") < last_second) == json({"sent", "<", "2024-02-29 23:59:59"}));
    CHECK(condition(field("state").in(State::done, State::private_)) == json({"state", "in", {"done", "private"}}));
    CHECK(condition(field("partner_id") == std::nullopt) == json({"partner_id", "=", false}));
    CHECK(condition(field("partner_id").not_in(Many2one{7, "Ada"})) == json({"partner_id", "not in", {7}}));
}

TEST_CASE("a member names its field, which is compared with values of its type") {
    CHECK(condition(field(&Order::name) == "S1") == json({"name", "=", "S1"}));
    CHECK(condition(field(&Order::name) != std::string{"S1"}) == json({"name", "!=", "S1"}));
    CHECK(condition(field(&Order::name).equals_like("S%")) == json({"name", "=like", "S%"}));
    CHECK(condition(field(&Order::name).equals_ilike("S%")) == json({"name", "=ilike", "S%"}));
    CHECK(condition(field(&Order::name).like("S%")) == json({"name", "like", "S%"}));
    CHECK(condition(field(&Order::name).not_like("S%")) == json({"name", "not like", "S%"}));
    CHECK(condition(field(&Order::name).not_ilike("S%")) == json({"name", "not ilike", "S%"}));
    CHECK(condition(field(&Order::is_open) == true) == json({"is_open", "=", true}));
    CHECK(condition(field(&Order::lines) < 3) == json({"lines", "<", 3}));
    CHECK(condition(field(&Order::total) >= 99.5) == json({"total", ">=", 99.5}));
    CHECK(condition(field(&Order::total) > 99) == json({"total", ">", 99}));
    CHECK(condition(field(&Order::day) <= leap_day) == json({"day", "<=", "2024-02-29"}));
    CHECK(condition(field(&Order::sent) == std::nullopt) == json({"sent", "=", false}));
    CHECK(condition(field(&Order::sent) > leap_day) == json({"sent", ">", "2024-02-29"}));
    CHECK(condition(field(&Order::sent) != std::optional{last_second}) == json({"sent", "!=", "2024-02-29 23:59:59"}));
    CHECK(condition(field(&Order::state) == State::draft) == json({"state", "=", "draft"}));
    CHECK(condition(field(&Order::state).not_in(std::vector{State::draft})) == json({"state", "not in", {"draft"}}));
    CHECK(condition(field(&Order::id).in(7, 8)) == json({"id", "in", {7, 8}}));
}

TEST_CASE("a member that is a relation names its field, which is compared with ids, names or records") {
    CHECK(condition(field(&Order::company) == 7) == json({"company_id", "=", 7}));
    CHECK(condition(field(&Order::company) == "Acme") == json({"company_id", "=", "Acme"}));
    CHECK(condition(field(&Order::company) == Ref<Company>{{7, "Acme"}}) == json({"company_id", "=", 7}));
    CHECK(condition(field(&Order::company).ilike("acm%")) == json({"company_id", "ilike", "acm%"}));
    CHECK(condition(field(&Order::company).child_of(7)) == json({"company_id", "child_of", 7}));
    CHECK(condition(field(&Order::company).parent_of(7)) == json({"company_id", "parent_of", 7}));
    CHECK(condition(field(&Order::line_ids).any(field("price") > 3))
          == json::parse(R"(["line_ids", "any", [["price", ">", 3]]])"));
    CHECK(condition(field(&Order::line_ids).not_any(Domain())) == json::parse(R"(["line_ids", "not any", []])"));
}
