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

/// An Odoo without network, threads or clock: a request goes in, the answer comes out.
///
/// A transport asks `faults().next()` what befalls a request. If it `reaches_server()`, it gets the bytes from `answer`
/// and delivers them as the fault says: not at all, in part, late. Each call is one transaction on the store.
class OdooServerCore {
public:
    explicit OdooServerCore(OdooStore store = fresh_odoo19(), std::string database = "odoo19",
                            OdooDialect dialect = OdooDialect::odoo19);
    OdooServerCore(OdooServerCore const&) = delete;
    OdooServerCore& operator=(OdooServerCore const&) = delete;

    /// What the server, or the proxy before it, answers under this fault; the whole answer where the fault is one of
    /// delivery. `GET /stats` is the simulator's own.
    HttpResponse answer(HttpRequest const& request, Fault const& fault = {});

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
