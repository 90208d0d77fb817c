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

/// One circuit breaker for each key, such as a server or a model, made when it is first asked for.
///
/// Threads: safe to share; those that ask for what is there already do not wait for each other.
class CircuitBreakerRegistry {
public:
    using Make = std::function<std::shared_ptr<CircuitBreaker>(std::string const& key)>;

    /// All breakers have these options, and the key as their name. Throws `std::invalid_argument` that names what is
    /// unusable.
    explicit CircuitBreakerRegistry(CircuitBreakerOptions options = {})
        : CircuitBreakerRegistry{maker<CircuitBreaker>(std::move(options))} {}
    explicit CircuitBreakerRegistry(AdvancedCircuitBreakerOptions options)
        : CircuitBreakerRegistry{maker<AdvancedCircuitBreaker>(std::move(options))} {}
    /// `make` is called outside any lock; where threads meet at a new key, what one of them made is kept.
    explicit CircuitBreakerRegistry(Make make) : make_{std::move(make)} {
        if (!make_) throw std::invalid_argument{"CircuitBreakerRegistry needs a function that makes breakers"};
    }

    /// That of `key`, made if there is none.
    std::shared_ptr<CircuitBreaker> get(std::string_view key) {
        if (auto known = find(key)) return known;
        std::string owned{key};
        auto made = make_(owned);
        if (!made) throw std::invalid_argument{"no circuit breaker was made for \"" + owned + '"'};
        std::scoped_lock lock{mutex_};
        return breakers_.try_emplace(std::move(owned), std::move(made)).first->second;
    }
    /// That of `key`; null if there is none.
    std::shared_ptr<CircuitBreaker> find(std::string_view key) const {
        std::shared_lock lock{mutex_};
        auto const found = breakers_.find(key);
        return found == breakers_.end() ? nullptr : found->second;
    }
    /// All of them, by their keys.
    std::map<std::string, std::shared_ptr<CircuitBreaker>> list() const {
        std::shared_lock lock{mutex_};
        return {breakers_.begin(), breakers_.end()};
    }
    /// False if there was none. Calls that have the breaker keep it; the next one that asks gets a new one.
    bool remove(std::string_view key) {
        std::unique_lock lock{mutex_};
        auto const found = breakers_.find(key);
        if (found == breakers_.end()) return false;
        auto const removed = breakers_.extract(found);  // which may be the last to have it: destroyed after the lock
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
