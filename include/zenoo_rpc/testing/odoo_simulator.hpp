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
    bool keep_alive = false;        ///< as a proxy does; Odoo itself closes after each response
    std::uint16_t port = 0;         ///< 0: the system chooses
    std::filesystem::path state{};  ///< journal file to replay at the start and to extend; empty: none
    std::string database = "odoo19";
    std::optional<TlsIdentity> tls{};  ///< serves https with this certificate; empty: plain http
    /// Called on the server's thread with errors the server cannot handle, such as a journal on a full disk.
    std::function<void(std::exception_ptr)> on_failure{};
    OdooDialect dialect = OdooDialect::odoo19;
    bool prefork = false;  ///< responds with HTTP/1.0, as Odoo with workers does
};

/// A simulated Odoo for tests: a real HTTP server on 127.0.0.1, with a thread of its own, that fails as scripted.
///
/// Serves `/jsonrpc`, JSON-2 with the dialect of Odoo 19, and `/stats`. GET requests are exempt from faults. Users and
/// API keys: see `fresh_odoo19()`.
/// Threads: every member may be called from any thread.
class OdooSimulator {
public:
    /// Starts the server; it accepts connections when the constructor returns. Throws boost::system::system_error if it
    /// cannot listen, std::runtime_error if the journal is unusable.
    explicit OdooSimulator(OdooSimulatorOptions options = {}, OdooStore store = fresh_odoo19());
    /// Closes the remaining connections.
    ~OdooSimulator();
    OdooSimulator(OdooSimulator const&) = delete;
    OdooSimulator& operator=(OdooSimulator const&) = delete;

    std::string url() const;  ///< `http://127.0.0.1:PORT`, or https
    std::uint16_t port() const noexcept;

    /// Queues faults for the next requests; they take precedence over the profile.
    void script(std::vector<Fault> const& faults);
    void script(Fault fault);

    OdooStats stats() const;

    /// Blocks until `count` calls have reached the server and been processed, whether or not a response was delivered.
    void wait_for_calls(std::uint64_t count) const;

    /// Calls `use(store)` in a transaction, while no request is served. An exception rolls the transaction back.
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

    /// Returns the first error that the server could not handle; null if there was none.
    std::exception_ptr failure() const;

private:
    class Server;

    std::unique_lock<std::mutex> lock() const;
    OdooStore& store();

    std::unique_ptr<Server> server_;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_ODOO_SIMULATOR_HPP
