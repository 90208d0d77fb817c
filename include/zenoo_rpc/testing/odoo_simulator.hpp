// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_ODOO_SIMULATOR_HPP
#define ZENOO_RPC_TESTING_ODOO_SIMULATOR_HPP

#include <zenoo_rpc/testing/certificate_authority.hpp>
#include <zenoo_rpc/testing/fault.hpp>
#include <zenoo_rpc/testing/fault_profile.hpp>
#include <zenoo_rpc/testing/fresh_odoo19.hpp>
#include <zenoo_rpc/testing/odoo_stats.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <concepts>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace zenoo_rpc::testing {

struct OdooSimulatorOptions {
    FaultProfile faults{};
    std::uint64_t seed = 1;
    bool keep_alive = false;        ///< like a proxy; Odoo itself closes after each answer
    std::uint16_t port = 0;         ///< 0: the system chooses
    std::filesystem::path state{};  ///< a journal to begin with and to keep; empty: none
    std::string database = "odoo19";
    std::optional<TlsIdentity> tls{};  ///< an https server that shows this; empty: plain http
    /// Told, on the server's thread, what the server can't cope with, such as a journal on a full disk.
    std::function<void(std::exception_ptr)> on_failure{};
    OdooDialect dialect = OdooDialect::odoo19;
    bool prefork = false;  ///< answers in HTTP/1.0, as an Odoo with workers does
};

/// An Odoo for tests: a real HTTP server on 127.0.0.1, on a thread of its own, that fails as it is told to.
///
/// Serves `/jsonrpc`, JSON-2 if it is an Odoo 19 and, untouched by faults as every GET, `/stats`. Users and API keys:
/// see `fresh_odoo19()`.
/// Threads: every member may be called from any thread.
class OdooSimulator {
public:
    /// Listens when this returns. Throws boost::system::system_error if it can't, std::runtime_error for an unusable
    /// journal.
    explicit OdooSimulator(OdooSimulatorOptions options = {}, OdooStore store = fresh_odoo19());
    /// Drops the connections that are left.
    ~OdooSimulator();
    OdooSimulator(OdooSimulator const&) = delete;
    OdooSimulator& operator=(OdooSimulator const&) = delete;

    std::string url() const;  ///< `http://127.0.0.1:PORT`, or https
    std::uint16_t port() const noexcept;

    /// The next requests meet these, before anything a profile brings.
    void script(std::vector<Fault> const& faults);
    void script(Fault fault);

    OdooStats stats() const;

    /// Blocks until so many calls have reached the server and been carried out, whatever became of their answers.
    void wait_for_calls(std::uint64_t count) const;

    /// `use(store)` in a transaction of its own, while no request is served; what it throws undoes what it did.
    template <class Use>
        requires std::invocable<Use&, OdooStore&>
    auto with_store(Use use) {
        auto const lock = this->lock();
        OdooTransaction transaction{store()};
        if constexpr (std::is_void_v<std::invoke_result_t<Use&, OdooStore&>>) {
            use(store());
            transaction.commit();
        } else {
            auto result = use(store());
            transaction.commit();
            return result;
        }
    }

    /// The first thing the server could not cope with; null while all is well.
    std::exception_ptr failure() const;

private:
    class Server;

    std::unique_lock<std::mutex> lock() const;
    OdooStore& store();

    std::unique_ptr<Server> server_;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_ODOO_SIMULATOR_HPP
