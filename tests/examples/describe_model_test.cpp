// SPDX-License-Identifier: BSL-1.0
// The output of describe_model is in data/ and is compiled here.
#include "describe/cpp_names.hpp"
#include "describe/description.hpp"
#include "examples/data/res_partner.inc"
#include "examples/data/strange_model.inc"
#include "program.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/testing/odoo_server_core.hpp>
#include <zenoo_rpc/testing/simulated_transport.hpp>

#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <type_traits>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using nlohmann::json;

namespace {

std::string checked_in(std::string const& name) {
    std::ifstream file{std::string{ZENOO_RPC_TESTS_DIR} + "/examples/data/" + name};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// Returns fields whose names, types or selections need special treatment in C++.
json strange_fields() {
    json fields = json::parse(R"~({
        "id": {"type": "integer", "required": false, "store": true},
        "class": {"type": "char", "store": true},
        "private_": {"type": "boolean", "store": true},
        "state": {"type": "selection", "required": true, "store": true,
                  "selection": [["new", "New"], ["done", "Done"], ["done_", "Really"]]},
        "mood": {"type": "selection", "store": false, "required": true, "selection": [["good", "Good"], ["bad", "Bad"]]},
        "tz": {"type": "selection", "store": true,
               "selection": [["Europe/Brussels", "B"], ["Europe/Paris", "P"], ["UTC", "U"], ["a\"b", "?"]]},
        "nothing": {"type": "selection", "store": true, "selection": []},
        "number": {"type": "selection", "store": true, "selection": [[1, "One"], [2, "Two"]]},
        "owner_id": {"type": "many2one", "required": true, "store": true, "relation": "res.users"},
        "other_id": {"type": "many2one", "required": true, "store": false, "relation": "res.users"},
        "line_ids": {"type": "one2many", "store": true, "relation": "strange.model.line"},
        "tag_ids": {"type": "many2many", "store": true, "relation": "res.partner.category"},
        "res_id": {"type": "many2one_reference", "store": true},
        "reference": {"type": "reference", "store": true, "selection": [["res.partner", "Contact"]]},
        "day": {"type": "date", "required": true, "store": true},
        "moment": {"type": "datetime", "store": true},
        "price": {"type": "monetary", "store": true},
        "weight": {"type": "float", "store": true},
        "picture": {"type": "binary", "store": true},
        "body": {"type": "html", "store": true},
        "properties": {"type": "properties", "store": true},
        "data": {"type": "json", "store": true}})~");
    for (int i = 10; i < 60; ++i)
        fields["x_" + std::to_string(i)] = json::parse(R"({"type": "integer", "store": true})");
    return fields;
}

}  // namespace

TEST_CASE("describe_model prints exactly the checked-in description") {
    auto const ended = run("describe_model", {"--model", "res.partner"});
    CHECK(ended.status == 0);
    CHECK(ended.output == checked_in("res_partner.inc"));
}

TEST_CASE("a description has only the requested fields of the given server") {
    SimulatorProgram simulator;
    auto const ended =
        run("describe_model", {"--url", simulator.url(), "--model", "res.country", "--fields", "name,code"}, "admin");
    CHECK(ended.status == 0);
    CHECK(ended.says("struct ResCountry {"));
    CHECK(ended.says("(code, name)"));
    auto const none = run("describe_model", {"--url", simulator.url(), "--fields", "nam"}, "admin");
    CHECK(none.status == 2);
    CHECK(none.output == "describe_model: res.partner has no field nam\n");
    CHECK(run("describe_model", {"--url", simulator.url(), "--model", "no.such"}, "admin").status == 2);
    CHECK(run("describe_model", {"--url", "http://127.0.0.1:1"}, "admin").status == 2);
    CHECK(run("describe_model", {"--help"}).status == 0);
}

TEST_CASE("a record is read into the struct that describe_model printed") {
    World world;
    testing::OdooServerCore odoo;
    ZenooClient client{world.io.get_executor(), std::make_shared<testing::SimulatedTransport>(odoo)};
    auto const program = [&]() -> asio::awaitable<::ResPartner> {
        co_await client.login("odoo19", "admin", "admin");
        auto const record = values("name", "Ada Lovelace", "company_type", "company", "type", "invoice");
        RecordId const id = co_await client.create("res.partner", record);
        std::vector<::ResPartner> const read = co_await client.read<::ResPartner>(id);
        co_return read.at(0);
    };
    auto const partner = world.run(program()).value.value();
    CHECK(partner.id > 0);
    CHECK(partner.name == "Ada Lovelace");
    CHECK(partner.type == ResPartnerType::invoice);
    CHECK_FALSE(partner.parent_id);
}

TEST_CASE("unusual names and types are described so that they compile") {
    CHECK(describe_model("strange.model", strange_fields()) == checked_in("strange_model.inc"));
    static_assert(ModelRow<StrangeModel>);
    static_assert(std::is_same_v<decltype(StrangeModel::id), RecordId>);
    static_assert(std::is_same_v<decltype(StrangeModel::class_), std::string>);
    static_assert(std::is_same_v<decltype(StrangeModel::private__), bool>);
    static_assert(std::is_same_v<decltype(StrangeModel::state), StrangeModelState>);
    static_assert(std::is_same_v<decltype(StrangeModel::mood), std::optional<StrangeModelMood>>);
    static_assert(std::is_same_v<decltype(StrangeModel::tz), std::string>);
    static_assert(std::is_same_v<decltype(StrangeModel::owner_id), Many2one>);
    static_assert(std::is_same_v<decltype(StrangeModel::other_id), std::optional<Many2one>>);
    static_assert(std::is_same_v<decltype(StrangeModel::day), Date>);
    static_assert(std::is_same_v<decltype(StrangeModel::moment), std::optional<DateTime>>);
    auto const& columns = detail::row_table<StrangeModel>.columns;
    CHECK(columns.size() == strange_fields().size() - 2);
    for (auto const& column : columns) CHECK(strange_fields().contains(column.name));
    auto const& states = detail::Selection<StrangeModelState>::names;
    CHECK(std::vector<std::string_view>{states.begin(), states.end()}
          == std::vector<std::string_view>{"new", "done", "done_"});
}

TEST_CASE("model names become type names") {
    CHECK(type_name("res.partner") == "ResPartner");
    CHECK(type_name("x_my_model") == "XMyModel");
    CHECK(type_name("ir.model_2") == "IrModel2");
    CHECK(type_name("3d.thing") == "Model3dThing");
    CHECK(type_name("_") == "Model");
    CHECK(member_name("name") == "name");
    CHECK(member_name("delete") == "delete_");
    CHECK(member_name("delete_") == "delete__");
    CHECK_FALSE(is_identifier(""));
    CHECK_FALSE(is_identifier("2nd"));
    CHECK_FALSE(is_identifier("a-b"));
    CHECK(is_identifier("en_US"));
}
