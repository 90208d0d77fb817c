// SPDX-License-Identifier: BSL-1.0
#include "odoo/import/import_row.hpp"

#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using nlohmann::json;

namespace {

FieldType::Choice choice(char const* key, char const* label) { return {key, label}; }

FieldTypes const known_types{
    {"name", {"char"}},
    {"comment", {"html"}},
    {"street", {"text"}},
    {"color", {"integer"}},
    {"partner_latitude", {"float"}},
    {"credit", {"monetary"}},
    {"is_company", {"boolean"}},
    {"parent_id", {"many2one"}},
    {"category_id", {"many2many"}},
    {"child_ids", {"one2many"}},
    {"type", {"selection", {choice("contact", "Contact"), choice("invoice", "Invoice Address")}}},
    {"state", {"selection", {choice("closed", "Done"), choice("done", "Finished")}}},
    {"date", {"date"}},
    {"create_date", {"datetime"}},
    {"image", {"binary"}},
    {"res_ref", {"reference"}},
    {"res_id", {"many2one_reference"}},
    {"data", {"json"}},
    {"props", {"properties"}}};

/// Returns the call that loads one record.
LoadArguments load_of(Values const& record) {
    auto const row = import_row(ExternalId("shop", "c42"), record, known_types);
    return load_arguments(std::array{&row}, IfExists::keep);
}

/// Returns the column and the cell of a value.
json column_of(std::string const& field, json const& value) {
    json record = json::object();
    record[field] = value;
    auto const load = load_of(Values(record));
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

TEST_CASE("a record becomes one row, keyed by its external id, that never updates an existing record") {
    auto const load = load_of(values("name", "Ada", "color", 3));
    CHECK(load.args == json::parse(R"([["id", "color", "name"], [["shop.c42", "3", "Ada"]]])"));
    CHECK(load.kwargs == json::parse(R"({"context": {"mode": "update", "noupdate": true}})"));
    CHECK(load_of(values()).args == json::parse(R"([["id"], [["shop.c42"]]])"));
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
             Good{"category_id", json({1, 2}), "category_id/.id", "1,2"},
             Good{"category_id", json({ExternalId("shop", "a"), "base.b"}), "category_id/id", "shop.a,base.b"},
             Good{"category_id", json::parse("[[6, 0, [3, 4]]]"), "category_id/.id", "3,4"},
             Good{"category_id", json::parse("[[6, false, []]]"), "category_id/.id", ""},
             Good{"category_id", json::array(), "category_id/.id", ""},
             Good{"category_id", false, "category_id/.id", ""},
             Good{"type", "invoice", "type", "invoice"},
             Good{"type", false, "type", ""},
             Good{"state", "closed", "state", "closed"},
             Good{"date", "2024-02-29", "date", "2024-02-29"},
             Good{"date", "1000-01-01", "date", "1000-01-01"},
             Good{"date", nullptr, "date", ""},
             Good{"create_date", "2026-07-01 23:59:59", "create_date", "2026-07-01 23:59:59"},
             Good{"create_date", "", "create_date", ""},
             Good{"image", "aGk=", "image", "aGk="},
             Good{"image", "aGk+/w==", "image", "aGk+/w=="},
             Good{"res_ref", "res.partner,7", "res_ref", "res.partner,7"},
             Good{"res_id", 7, "res_id", "7"},
             Good{"data", json::parse(R"({"a": [1, "x"]})"), "data", R"({"a":[1,"x"]})"},
             Good{"data", json::object(), "data", ""},
             Good{"data", 0, "data", "0"},
         }) {
        CAPTURE(field, value.dump());
        CHECK(column_of(field, value) == json({column, cell}));
    }
}

TEST_CASE("a value that an import would store differently from create is rejected with record and field") {
    struct Bad {
        char const* field;
        json value;
        char const* why;
    };
    for (auto const& [field, value, why] : {
             Bad{"name", std::string("a\0b", 3), "NUL"},
             Bad{"name", "caf\xE9", "not valid UTF-8"},
             Bad{"name", "\xED\xA0\x80", "not valid UTF-8"},
             Bad{"name", true, "expected text"},
             Bad{"name", 1.5, "expected text"},
             Bad{"name", json::array(), "expected text"},
             Bad{"color", 2147483648LL, "expected an integer"},
             Bad{"color", 18446744073709551615ULL, "expected an integer"},
             Bad{"color", 1.5, "expected an integer between -2147483648 and 2147483647, found 1.5"},
             Bad{"color", true, "expected an integer"},
             Bad{"color", "5.0", "expected an integer"},
             Bad{"color", "1e3", "expected an integer"},
             Bad{"color", "1,000", "expected an integer"},
             Bad{"color", " 5", "expected an integer"},
             Bad{"color", "1_000", "expected an integer"},
             Bad{"partner_latitude", std::nan(""), "decimal point, found nan"},
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
             Bad{"category_id", json({1, "base.b"}), "not both"},
             Bad{"category_id", json({"base.b", 1}), "not both"},
             Bad{"category_id", json::array({"Gold"}), "external ids"},
             Bad{"category_id", json::array({0}), "positive"},
             Bad{"category_id", 7, "a list of records"},
             Bad{"category_id", json::parse("[[4, 7]]"), "[6, 0, ids]"},
             Bad{"category_id", json::parse("[[0, 0, {}]]"), "[6, 0, ids]"},
             Bad{"category_id", json::parse("[[6, 0, [1]], [4, 2]]"), "[6, 0, ids]"},
             Bad{"child_ids", json::array(), "cannot write a field of type one2many"},
             Bad{"type", "Contact", "expected one of contact, invoice, found"},
             Bad{"type", "nosuch", "expected one of contact, invoice, found"},
             Bad{"type", 1, "text"},
             Bad{"state", "done", "as the choice closed"},
             Bad{"date", "2026-02-29", "expected a date"},
             Bad{"date", "2026-13-01", "expected a date"},
             Bad{"date", "2026-1-1", "expected a date"},
             Bad{"date", "0999-12-31", "from the year 1000 on"},
             Bad{"date", "23/11/2026", "such as 2026-11-23, found \"23/11/2026\""},
             Bad{"date", "2026-11-23 00:00:00", "expected a date"},
             Bad{"date", " 2026-11-23", "expected a date"},
             Bad{"date", 20261123, "expected a date"},
             Bad{"create_date", "2026-11-23", "time in UTC"},
             Bad{"create_date", "2026-11-23T12:00:00", "time in UTC"},
             Bad{"create_date", "2026-11-23 12:00:00Z", "time in UTC"},
             Bad{"create_date", "2026-11-23 12:00:00.5", "time in UTC"},
             Bad{"create_date", "2026-11-23 24:00:00", "time in UTC"},
             Bad{"create_date", "2026-11-23 12:60:00", "time in UTC"},
             Bad{"create_date", "2026-11-23 12:00:60", "time in UTC"},
             Bad{"image", "aGk", "base64"},
             Bad{"image", "a=Gk", "base64"},
             Bad{"image", "a===", "base64"},
             Bad{"image", "====", "base64"},
             Bad{"image", "aG k", "base64"},
             Bad{"res_ref", "res.partner", "res.partner,7"},
             Bad{"res_ref", "res.partner,0", "res.partner,7"},
             Bad{"res_ref", ",7", "res.partner,7"},
             Bad{"res_id", "seven", "expected an integer"},
             Bad{"data", json::array({"caf\xE9"}), "not valid UTF-8"},
             Bad{"props", json::object(), "cannot write a field of type properties"},
             Bad{"nosuch", "x", "no such field"},
             Bad{"id", 7, "not a field name"},
             Bad{".id", 7, "not a field name"},
             Bad{"parent_id/id", "base.be", "not a field name"},
             Bad{"parent_id:id", "base.be", "not a field name"},
             Bad{"parent_id.name", "x", "not a field name"},
         }) {
        CAPTURE(field);
        auto const what = refusal_of(field, value);
        CAPTURE(what);
        CHECK(tests::contains(what, "record shop.c42, field " + std::string{field}));
        CHECK(tests::contains(what, why));
    }
}

TEST_CASE("the context has UTC only if a time is sent, and nothing else for updates") {
    auto const row = import_row(ExternalId("shop", "c42"), values("create_date", "2026-07-01 12:00:00"), known_types);
    auto const empty = import_row(ExternalId("shop", "c43"), values("create_date", false), known_types);
    CHECK(load_arguments(std::array{&empty}, IfExists::update).kwargs == json::object());
    CHECK(load_arguments(std::array{&empty, &row}, IfExists::update).kwargs
          == json::parse(R"({"context": {"tz": "UTC"}})"));
    CHECK(load_arguments(std::array{&row}, IfExists::keep).kwargs
          == json::parse(R"({"context": {"mode": "update", "noupdate": true, "tz": "UTC"}})"));
}

TEST_CASE("rows of one call have the same columns") {
    auto const one = import_row(ExternalId("shop", "c1"), values("name", "Ada"), known_types);
    auto const other = import_row(ExternalId("shop", "c2"), values("street", "High"), known_types);
    CHECK_THROWS_WITH(load_arguments(std::array{&one, &other}, IfExists::keep),
                      "load_arguments: rows shop.c1 and shop.c2 have different columns");
    CHECK_THROWS_AS(load_arguments(std::span<ImportRow const* const>{}, IfExists::keep), std::invalid_argument);
}

TEST_CASE("rows are grouped by their columns, and come after those they refer to") {
    auto row = [](char const* name, Values const& record) {
        return import_row(ExternalId("shop", name), record, known_types);
    };
    using Groups = std::vector<std::vector<std::size_t>>;
    auto const of_two_kinds = std::array{row("a", values("name", "A")), row("b", values("street", "B")),
                                         row("c", values("name", "C")), row("d", values("street", "D", "name", "D"))};
    CHECK(group_rows(of_two_kinds) == Groups{{0, 2}, {1}, {3}});
    auto const family = std::array{row("child", values("name", "C", "parent_id", ExternalId("shop", "nobody"))),
                                   row("parent", values("name", "P")),
                                   row("second", values("name", "S", "parent_id", ExternalId("shop", "parent"))),
                                   row("third", values("name", "T", "parent_id", ExternalId("shop", "second")))};
    CHECK(group_rows(family) == Groups{{0}, {1}, {2, 3}});
    CHECK(group_rows({}).empty());
}

TEST_CASE("field types are read from fields_get, and other entries are skipped") {
    auto const read = field_types(json::parse(R"({"name": {"type": "char", "string": "Name"}, "x": {}, "y": 1,
        "type": {"type": "selection", "selection": [["contact", "Contact"], [false, "x"], 7, ["other", false]]}})"));
    FieldTypes expected;
    expected["name"].name = "char";
    expected["type"].name = "selection";
    expected["type"].choices = {choice("contact", "Contact"), choice("other", "")};
    CHECK(read == expected);
    CHECK(field_types(json::array()).empty());
    CHECK(field_types(json(false)).empty());
}
