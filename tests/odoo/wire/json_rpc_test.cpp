// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/json_rpc.hpp"

#include "odoo/wire/json_text.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <limits>
#include <stdexcept>
#include <string>

using namespace zenoo_rpc;
using nlohmann::json;

namespace {

std::string reason_of(json_rpc::Response const& response) {
    auto const* none = std::get_if<json_rpc::Unreadable>(&response);
    return none ? none->reason : "";
}

}  // namespace

TEST_CASE("quoted text is parsed back unchanged") {
    std::string const text = "a\"b\\c\n\x01\x1f/\xC3\xA9\xF0\x9F\x98\x80" + std::string("\0", 1);
    std::string quoted;
    detail::append_quoted(quoted, text);
    CHECK(json::parse(quoted) == text);
}

TEST_CASE("the text of a value equals that of nlohmann") {
    auto const* several =
        R"([{}, [], [[]], {"a": {}}, null, true, false, "", "plain", "\"\\\b\f\n\r\t\u0001\u001f\u007f/",
        "\u00e9\ud83d\ude00", {"\u00e9\"": "~ !"}, 0, -1, 9223372036854775807, -9223372036854775808,
        18446744073709551615, 1.0, -0.0, 0.1, 1e300, 5e-324, 123456789012345678, {"z": 1, "b": [1, {"c": [2, 3]}]}])";
    auto const values = json::parse(several);
    for (auto const& value : values) CHECK(detail::json_text(value, "x") == value.dump());
    CHECK(detail::json_text(values, "x") == values.dump());
}

TEST_CASE("values that cannot be sent are rejected with their position") {
    CHECK(detail::json_text(json({{"a", 1}}), "x") == R"({"a":1})");
    CHECK_THROWS_WITH(detail::json_text(json({{"name", "\xFF"}}), "res.partner.create args"),
                      "res.partner.create args.name: the text is not UTF-8");
    auto const deep = json::array({json::object({{"name", json::array({"good", "bad \xC3"})}})});
    CHECK_THROWS_WITH(detail::json_text(deep, "args"), "args[0].name[1]: the text is not UTF-8");
    CHECK_THROWS_WITH(detail::json_text(json({{"x", std::numeric_limits<double>::quiet_NaN()}}), "args"),
                      "args.x: the number is not finite");
    CHECK_THROWS_WITH(detail::json_text(json({{"x", json::binary({1, 2})}}), "args"),
                      "args.x: binary data must be sent as base64 text");
    CHECK_THROWS_AS(detail::json_text(json({{"\xFF", 1}}), "args"), std::invalid_argument);
}

TEST_CASE("an absent result is None, and a false or empty one is unchanged") {
    CHECK(std::get<json>(json_rpc::parse_response(R"({"jsonrpc": "2.0", "id": 1})", 1)) == nullptr);
    CHECK(std::get<json>(json_rpc::parse_response(R"({"id": 1, "result": null})", 1)) == nullptr);
    CHECK(std::get<json>(json_rpc::parse_response(R"({"id": 1, "result": false})", 1)) == false);
    CHECK(std::get<json>(json_rpc::parse_response(R"({"id": 1, "result": []})", 1)) == json::array());
}

TEST_CASE("a result is read independently of what surrounds it") {
    auto const* members = R"("jsonrpc": "2.0", "extra": {"a": [1]}, )";
    for (auto const* text : {"42", "0", "-7", "9223372036854775807", "18446744073709551615", "1.5", "1e3", "true",
                             "false", "null", "\"\"", "\"text\"", "[]", "[42]", "{}", "{\"id\": 1}"}) {
        CAPTURE(text);
        auto const expected = json::parse(text);
        std::string const result = text;
        for (std::string const& body :
             {R"({"jsonrpc": "2.0", "id": 1, "result": )" + result + "}", R"({"result":)" + result + R"(,"id":1})",
              " {\n\"id\" : 1 , \"result\" : " + result + " } \n",
              "{" + std::string{members} + R"("id": 1, "result": )" + result + "}",
              R"({"id": 1, "result": "first", "result": )" + result + "}",
              R"({"id": 1, "\u0072esult": )" + result + "}"}) {
            CAPTURE(body);
            auto const read = std::get<json>(json_rpc::parse_response(body, 1));
            CHECK(read == expected);
            CHECK(read.type() == expected.type());
            CHECK(reason_of(json_rpc::parse_response(body, 2)) == "the response belongs to another request");
            CHECK(reason_of(json_rpc::parse_response(body + "x", 1)) == "the response is not JSON");
            CHECK(reason_of(json_rpc::parse_response(body.substr(0, body.find_last_of('}')), 1))
                  == "the response is not JSON");
        }
    }
}

TEST_CASE("an unreadable response states the reason") {
    CHECK(reason_of(json_rpc::parse_response("<html>", 1)) == "the response is not JSON");
    CHECK(reason_of(json_rpc::parse_response("", 1)) == "the response is not JSON");
    CHECK(reason_of(json_rpc::parse_response("{\"id\": 1, \"result\": \"\xFF\"}", 1)) == "the response is not JSON");
    CHECK(reason_of(json_rpc::parse_response(R"({"id": 1, "result": NaN})", 1)) == "the response is not JSON");
    CHECK(reason_of(json_rpc::parse_response("[1]", 1)) == "the response is not a JSON-RPC object");
    CHECK(reason_of(json_rpc::parse_response(R"({"id": 2, "result": 1})", 1))
          == "the response belongs to another request");
    CHECK(reason_of(json_rpc::parse_response(R"({"result": 1})", 1)) == "the response belongs to another request");
    auto const error_of_another = R"({"id": 2, "error": {"data": {"name": "odoo.exceptions.UserError"}}})";
    CHECK(reason_of(json_rpc::parse_response(error_of_another, 1)) == "the response belongs to another request");
    CHECK(reason_of(json_rpc::parse_response(R"({"id": "1", "result": 1})", 1))
          == "the response belongs to another request");
    CHECK(reason_of(json_rpc::parse_response(R"({"id": 1, "result": 1, "error": {}})", 1))
          == "the response has both a result and an error");
    CHECK(reason_of(json_rpc::parse_response(R"({"id": 1, "error": "no"})", 1))
          == "the error in the response is not an object");
    CHECK(reason_of(json_rpc::parse_response(std::string(1'000'000, '['), 1)) == "the response is nested too deeply");
    auto const brackets_in_text = R"({"id": 1, "result": ")" + std::string(1000, '[') + R"("})";
    CHECK(reason_of(json_rpc::parse_response(brackets_in_text, 1)).empty());
    auto const behind_a_quote = R"({"id": 1, "result": "\")" + std::string(1000, '[') + R"("})";
    CHECK(reason_of(json_rpc::parse_response(behind_a_quote, 1)).empty());
    std::string long_and_flat = R"({"id": 1, "result": [0)";
    for (int i = 0; i < 1000; ++i) long_and_flat += ",[0]";
    CHECK(reason_of(json_rpc::parse_response(long_and_flat + "]}", 1)).empty());
}

TEST_CASE("an error is read even if members are missing") {
    auto const full = std::get<json_rpc::Fault>(json_rpc::parse_response(
        R"({"id": 1, "error": {"code": 200, "message": "Odoo Server Error", "data":
            {"name": "n", "message": "m", "arguments": ["a", 1], "debug": "d"}}})",
        1));
    CHECK(full.code == 200);
    CHECK(full.name == "n");
    CHECK(full.message == "m");
    CHECK(full.arguments == json({"a", 1}));

    auto const bare = std::get<json_rpc::Fault>(json_rpc::parse_response(R"({"id": 1, "error": {"message": "m"}})", 1));
    CHECK(bare.message == "m");
    CHECK(bare.name.empty());
    CHECK(std::get<json_rpc::Fault>(json_rpc::parse_response(R"({"id": 1, "error": {}})", 1)).message.empty());
    CHECK(
        std::get<json_rpc::Fault>(json_rpc::parse_response(R"({"id": 1, "error": {"data": [], "code": "x"}})", 1)).code
        == 0);
}
