// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_COROUTINE_WARNINGS_HPP
#define ZENOO_RPC_ASYNC_DETAIL_COROUTINE_WARNINGS_HPP

// These enclose headers with coroutines. Where g++ 12 inlines Asio's allocation of a coroutine frame, but not its
// deallocation, it reports a mismatch of new and delete at the end of the coroutine.

#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
#define ZENOO_RPC_COROUTINES_BEGIN \
    _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wmismatched-new-delete\"")
#define ZENOO_RPC_COROUTINES_END _Pragma("GCC diagnostic pop")
#else
#define ZENOO_RPC_COROUTINES_BEGIN
#define ZENOO_RPC_COROUTINES_END
#endif

#endif  // ZENOO_RPC_ASYNC_DETAIL_COROUTINE_WARNINGS_HPP
