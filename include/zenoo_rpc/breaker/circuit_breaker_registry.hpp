// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_REGISTRY_HPP
#define ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_REGISTRY_HPP

#include <zenoo_rpc/breaker/advanced_circuit_breaker.hpp>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zenoo_rpc {

/// Keeps one circuit breaker per key, such as a server or a model, created on first use.
///
/// Threads: safe to share; lookups of existing breakers do not block each other.
class CircuitBreakerRegistry {
public:
    using Make = std::function<std::shared_ptr<CircuitBreaker>(std::string const& key)>;

    /// Creates breakers with these options and the key as their name. Throws `std::invalid_argument` that names the
    /// invalid option.
    explicit CircuitBreakerRegistry(CircuitBreakerOptions options = {})
        : CircuitBreakerRegistry{maker<CircuitBreaker>(std::move(options))} {}
    /// Creates advanced breakers with these options and the key as their name. Throws `std::invalid_argument` that
    /// names the invalid option.
    explicit CircuitBreakerRegistry(AdvancedCircuitBreakerOptions options)
        : CircuitBreakerRegistry{maker<AdvancedCircuitBreaker>(std::move(options))} {}
    /// Creates breakers with `make`, which is called outside any lock. If several threads create a breaker for a new
    /// key, one of them is kept.
    explicit CircuitBreakerRegistry(Make make) : make_{std::move(make)} {
        if (!make_)
            throw std::invalid_argument{"CircuitBreakerRegistry needs a function that makes breakers, but it is empty"};
    }

    /// Returns the breaker of `key`, which is created if there is none.
    std::shared_ptr<CircuitBreaker> get(std::string_view key) {
        if (auto known = find(key)) return known;
        std::string owned{key};
        auto made = make_(owned);
        if (!made) throw std::invalid_argument{"the function returned no circuit breaker for \"" + owned + '"'};
        std::scoped_lock lock{mutex_};
        return breakers_.try_emplace(std::move(owned), std::move(made)).first->second;
    }
    /// Returns the breaker of `key`; null if there is none.
    std::shared_ptr<CircuitBreaker> find(std::string_view key) const {
        std::shared_lock lock{mutex_};
        auto const found = breakers_.find(key);
        return found == breakers_.end() ? nullptr : found->second;
    }
    /// Returns all breakers by key.
    std::map<std::string, std::shared_ptr<CircuitBreaker>> list() const {
        std::shared_lock lock{mutex_};
        return {breakers_.begin(), breakers_.end()};
    }
    /// Removes the breaker of `key`; returns false if there is none. Calls that hold the breaker keep it; the next
    /// `get` creates a new one.
    bool remove(std::string_view key) {
        std::unique_lock lock{mutex_};
        auto const found = breakers_.find(key);
        if (found == breakers_.end()) return false;
        auto const removed = breakers_.extract(found);  // perhaps the last owner: destroys it after the unlock
        lock.unlock();
        return true;
    }

private:
    template <class Breaker, class Options>
    static Make maker(Options options) {
        options.check();
        return
            [options = std::move(options)](std::string const& key) { return std::make_shared<Breaker>(options, key); };
    }

    Make make_;
    mutable std::shared_mutex mutex_;
    std::map<std::string, std::shared_ptr<CircuitBreaker>, std::less<>> breakers_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_REGISTRY_HPP
