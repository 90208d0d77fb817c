// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ODOO_SESSION_HPP
#define ZENOO_RPC_TESTS_ODOO_SESSION_HPP

#include "scripted_transport.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/odoo/client.hpp>

#include <initializer_list>
#include <memory>

namespace zenoo_rpc::tests {

/// A client in virtual time, logged in as user 2 with the password "sesame"; its requests are counted from there.
struct Session {
    World world;
    std::shared_ptr<ScriptedTransport> server = std::make_shared<ScriptedTransport>();
    ZenooClient client{world.io.get_executor(), server, {.user_context = false}};

    Session() {
        server->fates.push_back(fate::result(2));
        world.run(client.login("shop", "admin", "sesame"));
        server->requests.clear();
    }
    explicit Session(std::initializer_list<Fate> fates) : Session{} { expect(fates); }

    void expect(std::initializer_list<Fate> fates) {
        server->fates.insert(server->fates.end(), fates.begin(), fates.end());
    }
    std::size_t sent() const { return server->requests.size(); }
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ODOO_SESSION_HPP
