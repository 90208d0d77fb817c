// SPDX-License-Identifier: BSL-1.0
#include "testing/server/faulty_server.hpp"

#include <zenoo_rpc/testing/odoo_journal.hpp>
#include <zenoo_rpc/testing/odoo_server_core.hpp>
#include <zenoo_rpc/testing/odoo_simulator.hpp>

#include <condition_variable>
#include <optional>
#include <utility>

namespace zenoo_rpc::testing {

/// The server core, protected by a lock, with its network server.
class OdooSimulator::Server final : public Responder {
public:
    Server(OdooSimulatorOptions options, OdooStore store)
        : on_failure_{std::move(options.on_failure)},
          is_secure_{options.tls.has_value()},
          core_{std::move(store), options.database, options.dialect} {
        core_.faults() = OdooFaults{std::move(options.faults), options.seed};
        if (!options.state.empty()) journal_.emplace(options.state, core_);
        FaultyServerOptions network{.port = options.port, .keep_alive = options.keep_alive, .prefork = options.prefork};
        network.tls = std::move(options.tls);
        network_.emplace(*this, network);
    }

    OdooServerCore& core() noexcept { return core_; }
    std::uint16_t port() const noexcept { return network_->port(); }
    bool is_secure() const noexcept { return is_secure_; }
    std::unique_lock<std::mutex> lock() const { return std::unique_lock{mutex_}; }

    void wait_for_calls(std::uint64_t count) const {
        auto lock = this->lock();
        responded_.wait(lock, [&] { return core_.stats().requests >= count || failure_; });
    }

    std::exception_ptr failure() const {
        auto const lock = this->lock();
        return failure_;
    }

    Fault next_fault() override {
        auto const lock = this->lock();
        return core_.faults().next();
    }

    HttpResponse respond(HttpRequest const& request, Fault const& fault) override {
        auto const lock = this->lock();
        HttpResponse response = core_.respond(request, fault);
        responded_.notify_all();
        return response;
    }

    void database_down(bool down) override {
        auto const lock = this->lock();
        core_.faults().database_down(down);
    }

    void failed(std::exception_ptr error) override {
        {
            auto const lock = this->lock();
            if (!failure_) failure_ = error;
            responded_.notify_all();
        }
        if (on_failure_) on_failure_(error);
    }

private:
    std::function<void(std::exception_ptr)> const on_failure_;
    bool const is_secure_;
    mutable std::mutex mutex_;  ///< guards core_ and failure_
    mutable std::condition_variable responded_;
    OdooServerCore core_;
    std::exception_ptr failure_;
    std::optional<OdooJournal> journal_;
    std::optional<FaultyServer> network_;
};

OdooSimulator::OdooSimulator(OdooSimulatorOptions options, OdooStore store)
    : server_{std::make_unique<Server>(std::move(options), std::move(store))} {}

OdooSimulator::~OdooSimulator() = default;

std::string OdooSimulator::url() const {
    return (server_->is_secure() ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port());
}

std::uint16_t OdooSimulator::port() const noexcept { return server_->port(); }

void OdooSimulator::script(std::vector<Fault> const& faults) {
    auto const lock = server_->lock();
    server_->core().faults().script(faults);
}

void OdooSimulator::script(Fault fault) {
    auto const lock = server_->lock();
    server_->core().faults().script(fault);
}

OdooStats OdooSimulator::stats() const {
    auto const lock = server_->lock();
    return server_->core().stats();
}

void OdooSimulator::wait_for_calls(std::uint64_t count) const { server_->wait_for_calls(count); }

std::exception_ptr OdooSimulator::failure() const { return server_->failure(); }

std::unique_lock<std::mutex> OdooSimulator::lock() const { return server_->lock(); }

OdooStore& OdooSimulator::store() { return server_->core().store(); }

}  // namespace zenoo_rpc::testing
