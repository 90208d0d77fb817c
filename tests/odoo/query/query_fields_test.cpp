// SPDX-License-Identifier: BSL-1.0
// Names of fields are checked before a query is sent.
#include "odoo/fixtures/partner_queries.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <string>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;

TEST_CASE("a field that the struct does not describe is looked up on the server once") {
    Session session{fields_of_the_server(), list(), list()};
    auto const query = partners(session).filter(field("email") != false).order_by("phone desc, name");
    session.world.run(query.all());
    session.world.run(query.all());
    CHECK(session.sent() == 3);
    CHECK(call(session, 0).method == "fields_get");
    CHECK(call(session, 1).method == "search_read");
    CHECK(call(session, 2).method == "search_read");
}

TEST_CASE("an unknown field is rejected before the query is sent with a suggestion") {
    Session session{fields_of_the_server()};
    auto const all = partners(session);
    auto const wrong = all.filter(field("emial") == "x");
    auto const expected = R"(res.partner has no field "emial"; did you mean email?)";
    CHECK(refusal(session.world.run(wrong.all()).failure) == expected);
    CHECK(refusal(session.world.run(wrong.first()).failure) == expected);
    CHECK(refusal(session.world.run(wrong.get(7)).failure) == expected);
    CHECK(refusal(session.world.run(wrong.search()).failure) == expected);
    CHECK(refusal(session.world.run(wrong.count()).failure) == expected);
    CHECK(refusal(session.world.run(wrong.exists()).failure) == expected);
    CHECK(refusal(session.world.run(wrong.update(values("name", "x"))).failure) == expected);
    CHECK(refusal(session.world.run(wrong.unlink()).failure) == expected);
    CHECK(refusal(session.world.run(all.order_by("emial").all()).failure) == expected);
    auto stream = wrong.stream();
    CHECK(refusal(session.world.run(stream.next()).failure) == expected);
    CHECK(refusal(session.world.run(stream.next()).failure) == expected);
    CHECK(refusal(session.world.run(all.filter(field("xyzzy") == 1).all()).failure)
          == R"(res.partner has no field "xyzzy")");
    CHECK(session.sent() == 1);
}

TEST_CASE("only the first field of a path belongs to the model") {
    Session session{list()};
    auto const domain = field("country_id.anything") == 1 || field("country_id").any(field("whatever") == 1);
    session.world.run(partners(session).filter(domain).all());
    CHECK(session.sent() == 1);
}

TEST_CASE("constant conditions name no field") {
    Session session{list()};
    auto const never = terms(R"([[0, "=", 1]])");
    session.world.run(partners(session).filter(never).all());
    CHECK(session.sent() == 1);
}

TEST_CASE("no records are requested if the fields cannot be read") {
    Session session{fate::refused()};
    auto const outcome = session.world.run(partners(session).filter(field("email") == "x").all());
    CHECK(outcome.failure.is<NetworkError>());
    CHECK(session.sent() == 1);
}
