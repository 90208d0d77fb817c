// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/core/exceptions.hpp>
#include <zenoo_rpc/odoo/create_once.hpp>

#include <cmath>
#include <limits>
#include <string>

using namespace zenoo_rpc;
using nlohmann::json;

namespace {

FieldTypes const types{{"name", "char"},
                       {"comment", "html"},
                       {"street", "text"},
                       {"color", "integer"},
                       {"partner_latitude", "float"},
                       {"credit", "monetary"},
                       {"is_company", "boolean"},
                       {"parent_id", "many2one"},
                       {"category_id", "many2many"},
                       {"child_ids", "one2many"},
                       {"type", "selection"},
                       {"date", "date"},
                       {"create_date", "datetime"},
                       {"image", "binary"},
                       {"props", "properties"}};

/// The column and the cell that a value becomes.
json column_of(std::string const& field, json const& value) {
    json record = json::object();
    record[field] = value;
    auto const load = load_arguments(ExternalId("shop", "c42"), Values(record), types);
    return {load.args[0][1], load.args[1][0][1]};
}

std::string refusal_of(std::string const& field, json const& value) {
    try {
        return "accepted as " + column_of(field, value).dump();
    } catch (ValidationError const& error) {
        CHECK(error.delivery() == Delivery::not_sent);
        return error.what();
    }
}

}  // namespace

TEST_CASE("a record becomes one row, keyed by its external id, and asks never to overwrite") {
    auto const load = load_arguments(ExternalId("shop", "c42"), values("name", "Ada", "color", 3), types);
    CHECK(load.args == json::parse(R"([["id", "color", "name"], [["shop.c42", "3", "Ada"]]])"));
    CHECK(load.kwargs == json::parse(R"({"context": {"mode": "update", "noupdate": true}})"));
    CHECK(load_arguments(ExternalId("shop", "c42"), values(), types).args
          == json::parse(R"([["id"], [["shop.c42"]]])"));
}

TEST_CASE("every cell is text") {
    struct Good {
        char const* field;
        json value;
        char const* column;
        char const* cell;
    };
    for (auto const& [field, value, column, cell] : {
             Good{"name", " a,\"b\"\n\t\xF0\x9F\x98\x80 %s ", "name", " a,\"b\"\n\t\xF0\x9F\x98\x80 %s "},
             Good{"name", "False", "name", "False"},
             Good{"name", "0", "name", "0"},
             Good{"name", 0, "name", "0"},
             Good{"name", 42, "name", "42"},
             Good{"name", "", "name", ""},
             Good{"name", false, "name", ""},
             Good{"name", nullptr, "name", ""},
             Good{"comment", "<p>x</p>", "comment", "<p>x</p>"},
             Good{"color", 2147483647, "color", "2147483647"},
             Good{"color", -2147483648LL, "color", "-2147483648"},
             Good{"color", 5.0, "color", "5"},
             Good{"color", "007", "color", "7"},
             Good{"color", 0, "color", "0"},
             Good{"color", false, "color", ""},
             Good{"partner_latitude", 0.1 + 0.2, "partner_latitude", "0.30000000000000004"},
             Good{"partner_latitude", 1e22, "partner_latitude", "1e+22"},
             Good{"partner_latitude", 5e-324, "partner_latitude", "5e-324"},
             Good{"partner_latitude", 3, "partner_latitude", "3"},
             Good{"partner_latitude", "1.50", "partner_latitude", "1.5"},
             Good{"credit", 1234.565, "credit", "1234.565"},
             Good{"is_company", true, "is_company", "1"},
             Good{"is_company", false, "is_company", "0"},
             Good{"is_company", "true", "is_company", "1"},
             Good{"is_company", "0", "is_company", "0"},
             Good{"is_company", 1, "is_company", "1"},
             Good{"is_company", nullptr, "is_company", ""},
             Good{"parent_id", 20, "parent_id/.id", "20"},
             Good{"parent_id", ExternalId("base", "be"), "parent_id/id", "base.be"},
             Good{"parent_id", "base.be", "parent_id/id", "base.be"},
             Good{"parent_id", false, "parent_id/.id", ""},
         }) {
        CAPTURE(field, value.dump());
        CHECK(column_of(field, value) == json({column, cell}));
    }
}

TEST_CASE("what could arrive otherwise than by create is refused, and record and field are named") {
    struct Bad {
        char const* field;
        json value;
        char const* why;
    };
    for (auto const& [field, value, why] : {
             Bad{"name", std::string("a\0b", 3), "NUL"},
             Bad{"name", "caf\xE9", "not UTF-8"},
             Bad{"name", "\xED\xA0\x80", "not UTF-8"},
             Bad{"name", true, "needs text"},
             Bad{"name", 1.5, "needs text"},
             Bad{"name", json::array(), "needs text"},
             Bad{"color", 2147483648LL, "needs an integer"},
             Bad{"color", 18446744073709551615ULL, "needs an integer"},
             Bad{"color", 1.5, "needs an integer"},
             Bad{"color", true, "needs an integer"},
             Bad{"color", "5.0", "needs an integer"},
             Bad{"color", "1e3", "needs an integer"},
             Bad{"color", "1,000", "needs an integer"},
             Bad{"color", " 5", "needs an integer"},
             Bad{"color", "1_000", "needs an integer"},
             Bad{"partner_latitude", std::nan(""), "finite"},
             Bad{"partner_latitude", std::numeric_limits<double>::infinity(), "finite"},
             Bad{"partner_latitude", "nan", "finite"},
             Bad{"partner_latitude", "inf", "finite"},
             Bad{"partner_latitude", "1e999", "finite"},
             Bad{"partner_latitude", "1,5", "finite"},
             Bad{"partner_latitude", true, "finite"},
             Bad{"is_company", "yes", "true or false"},
             Bad{"is_company", "y", "true or false"},
             Bad{"is_company", 2, "true or false"},
             Bad{"parent_id", 0, "positive"},
             Bad{"parent_id", -1, "positive"},
             Bad{"parent_id", "Acme", "external id"},
             Bad{"parent_id", "20", "external id"},
             Bad{"parent_id", "Acme Inc. Ltd", "external id"},
             Bad{"parent_id", json({7, "Acme"}), "external id"},
             Bad{"parent_id", true, "external id"},
             Bad{"category_id", json({1}), "cannot write a field of type many2many"},
             Bad{"child_ids", json::array(), "cannot write a field of type one2many"},
             Bad{"type", "contact", "cannot write a field of type selection"},
             Bad{"date", "2026-11-23", "cannot write a field of type date"},
             Bad{"props", json::object(), "cannot write a field of type properties"},
             Bad{"nosuch", "x", "no such field"},
             Bad{"id", 7, "not the name of a field"},
             Bad{".id", 7, "not the name of a field"},
             Bad{"parent_id/id", "base.be", "not the name of a field"},
             Bad{"parent_id:id", "base.be", "not the name of a field"},
             Bad{"parent_id.name", "x", "not the name of a field"},
         }) {
        CAPTURE(field);
        auto const what = refusal_of(field, value);
        CAPTURE(what);
        CHECK(tests::contains(what, "record shop.c42, field " + std::string{field}));
        CHECK(tests::contains(what, why));
    }
}

TEST_CASE("types are read from fields_get, whatever else it says") {
    auto const read = field_types(json::parse(R"({"name": {"type": "char", "string": "Name"}, "x": {}, "y": 1})"));
    CHECK(read == FieldTypes{{"name", "char"}});
    CHECK(field_types(json::array()).empty());
    CHECK(field_types(json(false)).empty());
}
