// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_INLINE_CALLS_HPP
#define ZENOO_RPC_ASYNC_DETAIL_INLINE_CALLS_HPP

/// Before a statement: what it calls is inlined, `co_await`'s functions too, where the compiler can be told so. An
/// exception then crosses a frame less, and a value is not handed from one to the next.
#if defined(__clang__) && __clang_major__ >= 16
#define ZENOO_RPC_INLINE_CALLS [[clang::always_inline]]
#else
#define ZENOO_RPC_INLINE_CALLS
#endif

#endif  // ZENOO_RPC_ASYNC_DETAIL_INLINE_CALLS_HPP
