// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_INLINE_CALLS_HPP
#define ZENOO_RPC_ASYNC_DETAIL_INLINE_CALLS_HPP

/// Placed before a statement: inlines the functions it calls, including those of `co_await`, if the compiler supports
/// that. An exception then crosses one frame less, and a value is not passed from frame to frame.
#if defined(__clang__) && __clang_major__ >= 16
#define ZENOO_RPC_INLINE_CALLS [[clang::always_inline]]
#else
#define ZENOO_RPC_INLINE_CALLS
#endif

#endif  // ZENOO_RPC_ASYNC_DETAIL_INLINE_CALLS_HPP
