// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_FAILURES_HPP
#define ZENOO_RPC_TESTS_SUPPORT_FAILURES_HPP

#include <zenoo_rpc/core/errc.hpp>
#include <zenoo_rpc/core/failure.hpp>

#include <boost/system/errc.hpp>

#include <exception>
#include <utility>

namespace zenoo_rpc::tests {

inline Failure const network = Errc::network_error;
inline Failure const timed_out = Errc::timed_out;
inline Failure const conflict = Errc::concurrency_conflict;
inline Failure const user = Errc::user_error;

inline error_code of(boost::system::errc::errc_t value) { return make_error_code(value); }

template <class E>
Failure thrown(E error) {
    return Failure{std::make_exception_ptr(std::move(error))};
}

/// Returns the failure of an `outer` exception thrown with `inner` nested.
template <class Outer>
Failure wrapped(Outer outer, Failure const& inner) {
    try {
        try {
            inner.raise();
        } catch (...) {
            std::throw_with_nested(std::move(outer));
        }
    } catch (...) {
        return Failure{std::current_exception()};
    }
}

template <class E>
bool raises(Failure const& failure) {
    try {
        failure.raise();
    } catch (E const&) {
        return true;
    } catch (...) {
        return false;
    }
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_FAILURES_HPP
