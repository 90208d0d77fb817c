// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_BULK_RESULTS_HPP
#define ZENOO_RPC_ASYNC_BULK_RESULTS_HPP

#include <zenoo_rpc/core/failure.hpp>

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <vector>

namespace zenoo_rpc {

/// An operation of a bulk that succeeded.
template <class T>
struct BulkSuccess {
    std::size_t index;  ///< position of the operation in the range, from 0
    T value;
    int attempts;
};

/// An operation of a bulk that failed, or was not started.
struct BulkFailure {
    std::size_t index;  ///< position of the operation in the range, from 0
    Failure failure;
    int attempts;  ///< 0 if it was never called
};

/// Number of successful operations that return nothing: all operations that are not listed as failed.
class SuccessCount {
public:
    std::size_t size() const noexcept { return size_; }
    bool empty() const noexcept { return size_ == 0; }
    void add_one() noexcept { ++size_; }

private:
    std::size_t size_ = 0;
};

/// Results of a bulk, in the order of the operations.
template <class T>
struct BulkResults {
    std::conditional_t<std::is_void_v<T>, SuccessCount, std::vector<BulkSuccess<T>>> successful = {};
    std::vector<BulkFailure> failed = {};
};

/// Results of a bulk that failed.
class BulkReport {
public:
    BulkReport() = default;
    template <class T>
    explicit BulkReport(std::shared_ptr<BulkResults<T> const> results) noexcept
        : successful_count_{results->successful.size()},
          failed_count_{results->failed.size()},
          type_{&typeid(T)},
          results_{std::move(results)} {}

    std::size_t successful_count() const noexcept { return successful_count_; }
    std::size_t failed_count() const noexcept { return failed_count_; }

    /// Returns the results of the operations, which must return a `T`; throws `std::invalid_argument` if they return
    /// another type.
    template <class T>
    BulkResults<T> const& results() const {
        static BulkResults<T> const none;
        if (!results_) return none;
        if (*type_ != typeid(T)) {
            throw std::invalid_argument{"results<T>(): T is not the type that the operations of the bulk return"};
        }
        return *static_cast<BulkResults<T> const*>(results_.get());
    }

private:
    std::size_t successful_count_ = 0;
    std::size_t failed_count_ = 0;
    std::type_info const* type_ = nullptr;
    std::shared_ptr<void const> results_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_BULK_RESULTS_HPP
