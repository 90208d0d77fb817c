// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/session.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/retry.hpp>
#include <zenoo_rpc/testing/simulated_transport.hpp>

#include <optional>
#include <stdexcept>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

/// A session whose creates have a probe, with the result of the probe.
struct Probed {
    Session session;
    int asked = 0;
    std::optional<json> found;

    explicit Probed(std::initializer_list<Fate> fates) : session{fates} {
        session.client.setup_retry_manager({.strategy = three_times()});
    }
    auto create() {
        Probe const probe = [this]() -> asio::awaitable<std::optional<json>> {
            ++asked;
            co_return found;
        };
        return session.world.run(
            session.client.create("res.partner", values("name", "Ada"), CallOptions().probe(probe)));
    }
};

}  // namespace

TEST_CASE("a create that its probe finds executed is not sent again") {
    Probed at{fate::lost()};
    at.found = 42;
    CHECK(at.create().value == 42);
    CHECK(at.asked == 1);
    CHECK(at.session.sent() == 1);
}

TEST_CASE("a create that its probe finds not executed is sent again") {
    Probed at{fate::lost(), fate::result(43)};
    CHECK(at.create().value == 43);
    CHECK(at.asked == 1);
    CHECK(at.session.sent() == 2);
}

TEST_CASE("a probe is called only after an attempt that may have been executed") {
    Probed at{fate::refused(), fate::error("psycopg2.errors.SerializationFailure"), fate::result(43)};
    CHECK(at.create().value == 43);
    CHECK(at.asked == 0);
}

TEST_CASE("with no attempt left the outcome is unknown and the call is not sent again") {
    Probed at{fate::lost(), fate::lost(), fate::lost()};
    auto const failure = at.create().failure;
    CHECK(failure.is<OutcomeUnknownError>());
    CHECK(failure.caused_by<RetryExhaustedError>());
    CHECK(at.asked == 2);
    CHECK(at.session.sent() == 3);

    Session plain{fate::lost()};
    Probe const probe = []() -> asio::awaitable<std::optional<json>> { throw std::logic_error{"must not be called"}; };
    CHECK(plain.world.run(plain.client.create("res.partner", values(), CallOptions().probe(probe)))
              .failure.is<OutcomeUnknownError>());
}

TEST_CASE("after a negative probe only the later attempts determine the outcome") {
    Probed at{fate::lost(), fate::refused(), fate::refused()};
    auto const failure = at.create().failure;
    CHECK(failure.is<RetryExhaustedError>());
    CHECK(failure.delivery() == Delivery::not_sent);
    CHECK(at.asked == 1);
}

TEST_CASE("a probe with a transient failure is called again and any other failure leaves the outcome unknown") {
    Session session{fate::lost(), fate::result(44)};
    session.client.setup_retry_manager({.strategy = three_times()});
    int asked = 0;
    Probe const probe = [&]() -> asio::awaitable<std::optional<json>> {
        if (++asked == 1) throw NetworkError{"away"};
        co_return std::nullopt;
    };
    CHECK(session.world.run(session.client.create("res.partner", values(), CallOptions().probe(probe))).value == 44);
    CHECK(asked == 2);

    Session other{fate::lost()};
    other.client.setup_retry_manager({.strategy = three_times()});
    Probe const broken = []() -> asio::awaitable<std::optional<json>> { throw std::runtime_error{"broken"}; };
    auto const failure =
        other.world.run(other.client.create("res.partner", values(), CallOptions().probe(broken))).failure;
    CHECK(failure.is<OutcomeUnknownError>());
    CHECK(contains(failure.what(), "broken"));
    CHECK(other.sent() == 1);
}

TEST_CASE("a probe is not called again after its own retries are exhausted or after it throws a non-exception") {
    Session session{fate::lost()};
    session.client.setup_retry_manager({.strategy = three_times()});
    int asked = 0;
    Probe const tired = [&]() -> asio::awaitable<std::optional<json>> {
        ++asked;
        throw RetryExhaustedError{make_error_code(Errc::network_error), "gave up"};
        co_return std::nullopt;
    };
    auto call = session.client.create("res.partner", values(), CallOptions().probe(tired));
    CHECK(session.world.run(std::move(call)).failure.is<OutcomeUnknownError>());
    CHECK(asked == 1);

    Session other{fate::lost()};
    other.client.setup_retry_manager({.strategy = three_times()});
    Probe const odd = []() -> asio::awaitable<std::optional<json>> {
        throw 1;
        co_return std::nullopt;
    };
    auto strange = other.client.create("res.partner", values(), CallOptions().probe(odd));
    CHECK(other.world.run(std::move(strange)).failure.is<OutcomeUnknownError>());
    CHECK(other.sent() == 1);
}

TEST_CASE("a cancelled call that may have been executed has an unknown outcome even with a probe") {
    Session session{fate::silence(Delivery::unknown)};
    session.client.setup_retry_manager({.strategy = three_times()});
    Probe const probe = []() -> asio::awaitable<std::optional<json>> { co_return std::nullopt; };
    auto running = session.world.start(session.client.create("res.partner", values(), CallOptions().probe(probe)));
    session.world.time.advance(1s);
    running.cancel();
    session.world.time.run();
    CHECK(running.outcome().failure.is<OutcomeUnknownError>());
}

TEST_CASE("with a probe that searches a create whose response is lost makes one record") {
    World world;
    OdooServerCore odoo;
    ZenooClient client{world.io.get_executor(), std::make_shared<SimulatedTransport>(odoo)};
    world.run(client.login("odoo19", "admin", "admin"));
    client.setup_retry_manager({.strategy = three_times()});
    odoo.faults().script({Fault::drop_response(), Fault::refuse_connection(0s), Fault::close_before_reading()});
    Probe const probe = [&]() -> asio::awaitable<std::optional<json>> {
        std::vector<RecordId> const ids = co_await client.search("res.partner", field("ref") == "a1");
        if (ids.empty()) co_return std::nullopt;
        co_return json(ids.front());
    };
    auto work = [&]() -> asio::awaitable<void> {
        RecordId const id =
            co_await client.create("res.partner", values("name", "Ada", "ref", "a1"), CallOptions().probe(probe));
        CHECK(id > 0);
    };
    CHECK_FALSE(world.run(work()).failure);
    CHECK(odoo.stats().created.at("res.partner") == 1);
}

TEST_CASE("the client's rules for idempotency apply unless the call overrides them") {
    Session session{fate::lost(), fate::result(true), fate::lost(), fate::lost()};
    session.client.setup_retry_manager({.strategy = three_times()});
    session.client.set_idempotent("sale.order", "action_confirm");
    auto const call = [&](char const* model, CallOptions options) {
        return session.world.run(
            session.client.execute_kw(model, "action_confirm", json::array(), json::object(), options));
    };
    CHECK(call("sale.order", CallOptions()).value == true);
    CHECK(call("stock.picking", CallOptions()).failure.is<OutcomeUnknownError>());
    CHECK(call("sale.order", CallOptions().idempotent(false)).failure.is<OutcomeUnknownError>());
}
