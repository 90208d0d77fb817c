// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/testing/fresh_odoo19.hpp>
#include <zenoo_rpc/testing/odoo_exception.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <stdexcept>
#include <string>
#include <vector>

using namespace zenoo_rpc::testing;
using nlohmann::json;

TEST_CASE("a fresh Odoo has the company, its people and the countries under their external ids") {
    OdooStore const odoo = fresh_odoo19();
    CHECK(odoo.resolve("base.main_partner") == OdooReference{"res.partner", 1});
    CHECK(odoo.resolve("base.user_admin") == OdooReference{"res.users", 2});
    CHECK(odoo.resolve("base.be") == OdooReference{"res.country", 20});
    CHECK(odoo.resolve("base.us") == OdooReference{"res.country", 233});
    CHECK(value_of(*odoo.find("res.country", 20), "code") == "BE");
    CHECK_FALSE(odoo.resolve("base.nowhere"));
}

TEST_CASE("an inserted row takes defaults for missing values") {
    OdooStore odoo = fresh_odoo19();
    OdooId const id = odoo.insert("res.partner", {{"name", "Ada"}});
    OdooRecord const& ada = *odoo.find("res.partner", id);
    CHECK(value_of(ada, "id") == id);
    CHECK(value_of(ada, "active") == true);
    CHECK(value_of(ada, "type") == "contact");
    CHECK(value_of(ada, "email").is_null());
}

TEST_CASE("an uncommitted transaction leaves no changes except used ids") {
    OdooStore odoo = fresh_odoo19();
    OdooId first = 0;
    {
        OdooTransaction const transaction(odoo);
        first = odoo.insert("res.partner", {{"name", "Ada"}});
        odoo.set_external_id("__t__.ada", {"res.partner", first});
        odoo.update("res.partner", 1, {{"phone", "1"}});
    }
    CHECK(odoo.find("res.partner", first) == nullptr);
    CHECK_FALSE(odoo.resolve("__t__.ada"));
    CHECK(value_of(*odoo.find("res.partner", 1), "phone").is_null());
    CHECK(odoo.insert("res.partner", {{"name", "Bob"}}) == first + 1);
}

TEST_CASE("a nested transaction is a savepoint") {
    OdooStore odoo = fresh_odoo19();
    OdooTransaction outer(odoo);
    OdooId const kept = odoo.insert("res.partner", {{"name", "kept"}});
    OdooId undone = 0;
    {
        OdooTransaction const inner(odoo);
        undone = odoo.insert("res.partner", {{"name", "undone"}});
    }
    outer.commit();
    CHECK(odoo.find("res.partner", kept) != nullptr);
    CHECK(odoo.find("res.partner", undone) == nullptr);
}

TEST_CASE("commit hooks receive all changes of a transaction once and can reject them") {
    OdooStore odoo = fresh_odoo19();
    std::vector<std::size_t> seen;
    bool refuse = false;
    odoo.on_commit([&](std::vector<OdooChange> const& changes) {
        seen.push_back(changes.size());
        if (refuse) throw std::runtime_error("disk full");
    });
    {
        OdooTransaction transaction(odoo);
        odoo.insert("res.partner", {{"name", "Ada"}});
        odoo.insert("res.partner", {{"name", "Bob"}});
        transaction.commit();
    }
    CHECK(seen == std::vector<std::size_t>{2});
    refuse = true;
    std::size_t const before = odoo.table("res.partner").size();
    CHECK_THROWS_AS(odoo.insert("res.partner", {{"name", "Eve"}}), std::runtime_error);
    CHECK(odoo.table("res.partner").size() == before);
}

TEST_CASE("the database rejects a change that violates a constraint and stays unchanged") {
    OdooStore odoo = fresh_odoo19();
    SECTION("a mandatory column") { CHECK_THROWS_AS(odoo.insert("res.partner.category", {}), IntegrityError); }
    SECTION("a check") { CHECK_THROWS_AS(odoo.insert("res.partner", {{"email", "x@y"}}), IntegrityError); }
    SECTION("a unique column") {
        CHECK_THROWS_AS(odoo.insert("res.country", {{"name", "New"}, {"code", "BE"}}), IntegrityError);
    }
    SECTION("a reference to a missing row") {
        CHECK_THROWS_AS(odoo.insert("res.partner", {{"name", "x"}, {"country_id", 999}}), IntegrityError);
    }
    SECTION("deleting a referenced row") {
        odoo.insert("res.partner", {{"name", "x"}, {"country_id", 20}});
        CHECK_THROWS_AS(odoo.erase("res.country", 20), IntegrityError);
        CHECK(odoo.find("res.country", 20) != nullptr);
    }
    CHECK(odoo.table("res.partner.category").empty());
}

TEST_CASE("a row that violates a constraint uses up an id, and a row with an invalid value does not") {
    OdooStore odoo = fresh_odoo19();
    OdooId const first = odoo.insert("res.partner", {{"name", "Ada"}});
    SECTION("a constraint") { CHECK_THROWS_AS(odoo.insert("res.partner", {{"email", "x@y"}}), IntegrityError); }
    SECTION("a text with a NUL") {
        CHECK_THROWS_AS(odoo.insert("res.partner", {{"name", std::string("a\0b", 3)}}), OdooException);
        CHECK(odoo.insert("res.partner", {{"name", "Bob"}}) == first + 1);
    }
    SECTION("an integer that is too large") {
        CHECK_THROWS_AS(odoo.insert("res.partner", {{"name", "x"}, {"color", 2147483648}}), OdooException);
        CHECK(odoo.insert("res.partner", {{"name", "Bob"}}) == first + 1);
    }
    CHECK(odoo.insert("res.partner", {{"name", "Eve"}}) == first + 2);
}

TEST_CASE("deleting a row deletes its external ids and clears references to it") {
    OdooStore odoo = fresh_odoo19();
    OdooId const parent = odoo.insert("res.partner", {{"name", "parent"}});
    OdooId const child = odoo.insert("res.partner", {{"name", "child"}, {"parent_id", parent}});
    odoo.set_external_id("__t__.parent", {"res.partner", parent});
    odoo.erase("res.partner", parent);
    CHECK_FALSE(odoo.resolve("__t__.parent"));
    CHECK(value_of(*odoo.find("res.partner", child), "parent_id").is_null());
}

TEST_CASE("models and fields can be added, but not twice") {
    OdooStore odoo = fresh_odoo19();
    odoo.add_model({.name = "x.book", .fields = {{.name = "name", .required = true}}});
    odoo.add_field("x.book", {.name = "pages", .kind = FieldKind::integer, .default_value = 1});
    OdooId const id = odoo.insert("x.book", {{"name", "SICP"}});
    CHECK(value_of(*odoo.find("x.book", id), "pages") == 1);
    CHECK_THROWS_AS(odoo.add_model({.name = "x.book"}), std::invalid_argument);
    CHECK_THROWS_AS(odoo.add_field("x.book", {.name = "pages"}), std::invalid_argument);
    CHECK_THROWS_AS(odoo.insert("x.book", {{"name", "x"}, {"isbn", "1"}}), std::invalid_argument);
    CHECK_THROWS_AS(odoo.insert("x.shelf", {}), std::invalid_argument);
}
