// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_ODOO_SERVER_CORE_HPP
#define ZENOO_RPC_TESTING_ODOO_SERVER_CORE_HPP

#include <zenoo_rpc/odoo/http_message.hpp>
#include <zenoo_rpc/testing/fault.hpp>
#include <zenoo_rpc/testing/fresh_odoo19.hpp>
#include <zenoo_rpc/testing/odoo_faults.hpp>
#include <zenoo_rpc/testing/odoo_stats.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <string>
#include <vector>

namespace zenoo_rpc::testing {

/// A simulated Odoo server without network, threads or clock: turns a request into a response.
///
/// A transport takes the fault of each request from `faults().next()`. If the request `reaches_server()`, it gets the
/// response from `respond` and delivers it as the fault requires: not at all, in part, or late. Each call is one
/// transaction on the store.
class OdooServerCore {
public:
    explicit OdooServerCore(OdooStore store = fresh_odoo19(), std::string database = "odoo19",
                            OdooDialect dialect = OdooDialect::odoo19);
    OdooServerCore(OdooServerCore const&) = delete;
    OdooServerCore& operator=(OdooServerCore const&) = delete;

    /// Returns the response of the server, or of the proxy in front of it, under this fault; the complete response if
    /// the fault concerns delivery. `GET /stats` is an addition of the simulator.
    HttpResponse respond(HttpRequest const& request, Fault const& fault = {});

    OdooStore& store() noexcept { return store_; }
    OdooStore const& store() const noexcept { return store_; }
    OdooFaults& faults() noexcept { return faults_; }
    OdooFaults const& faults() const noexcept { return faults_; }
    OdooStats stats() const;

private:
    friend class OdooJournal;

    void count_committed(std::vector<OdooChange> const& changes);

    OdooStore store_;
    std::string database_;
    OdooFaults faults_;
    OdooStats stats_;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_ODOO_SERVER_CORE_HPP
