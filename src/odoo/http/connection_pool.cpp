// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/connection_pool.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace asio = boost::asio;

namespace zenoo_rpc::detail {

namespace {

/// Closes the pooled sockets of an execution context on its shutdown: a socket must not outlive its context.
class ContextEnd final : public asio::execution_context::service {
public:
    using key_type = ContextEnd;
    static inline asio::execution_context::id id;

    explicit ContextEnd(asio::execution_context& context) : service{context} {}

    void add(std::weak_ptr<ConnectionPool> pool) {
        std::scoped_lock lock{mutex_};
        std::erase_if(pools_, [](auto const& known) { return known.expired(); });
        auto const is_same = [&](auto const& known) { return !known.owner_before(pool) && !pool.owner_before(known); };
        if (std::ranges::none_of(pools_, is_same)) pools_.push_back(std::move(pool));
    }

private:
    void shutdown() override {
        for (auto const& known : pools_) {
            if (auto const pool = known.lock()) pool->forget(context());
        }
    }

    std::mutex mutex_;
    std::vector<std::weak_ptr<ConnectionPool>> pools_;
};

}  // namespace

std::unique_ptr<Connection> ConnectionPool::take(asio::execution_context& context, TimePoint now) {
    std::vector<Idle> closed;  // destroyed after the lock is released
    std::scoped_lock lock{mutex_};
    for (auto place = idle_.size(); place-- > 0;) {
        if (idle_[place].context != &context) continue;
        auto const at = idle_.begin() + static_cast<std::ptrdiff_t>(place);
        Idle found = std::move(*at);
        idle_.erase(at);
        if (!is_too_old(found, now) && found.connection->is_reusable()) return std::move(found.connection);
        closed.push_back(std::move(found));
    }
    return nullptr;
}

void ConnectionPool::keep(std::unique_ptr<Connection> connection, asio::execution_context& context, TimePoint now) {
    if (!keeps_any()) return;
    if (!std::exchange(connection->was_kept, true)) asio::use_service<ContextEnd>(context).add(weak_from_this());
    std::vector<Idle> closed;  // destroyed after the lock is released
    std::scoped_lock lock{mutex_};
    if (closed_) return;
    // Times of different contexts cannot be compared: one of them may be virtual.
    auto const is_good = [&](Idle const& idle) { return idle.context != &context || !is_too_old(idle, now); };
    if (!std::ranges::all_of(idle_, is_good)) {
        auto const too_old = std::ranges::stable_partition(idle_, is_good);
        closed.assign(std::move_iterator{too_old.begin()}, std::move_iterator{too_old.end()});
        idle_.erase(too_old.begin(), too_old.end());
    }
    if (idle_.size() >= most_) {
        if (idle_.front().context == &context) return;
        closed.push_back(std::move(idle_.front()));  // its context may never make another call
        idle_.erase(idle_.begin());
    }
    idle_.push_back({std::move(connection), &context, now});
}

void ConnectionPool::close() {
    std::vector<Idle> closed;
    std::scoped_lock lock{mutex_};
    closed_ = true;
    closed.swap(idle_);
}

void ConnectionPool::forget(asio::execution_context& context) {
    std::vector<Idle> closed;
    std::scoped_lock lock{mutex_};
    auto const its = std::ranges::stable_partition(idle_, [&](Idle const& idle) { return idle.context != &context; });
    closed.assign(std::move_iterator{its.begin()}, std::move_iterator{its.end()});
    idle_.erase(its.begin(), its.end());
}

}  // namespace zenoo_rpc::detail
