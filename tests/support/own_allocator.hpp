// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_OWN_ALLOCATOR_HPP
#define ZENOO_RPC_TESTS_SUPPORT_OWN_ALLOCATOR_HPP

// ZENOO_RPC_OWN_ALLOCATOR: 1 if a test may replace the allocator of its program. Sanitizers already replace it.

#include <cstdlib>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ZENOO_RPC_OWN_ALLOCATOR 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ZENOO_RPC_OWN_ALLOCATOR 0
#endif
#endif
#if !defined(ZENOO_RPC_OWN_ALLOCATOR) && defined(__GLIBC__)
#define ZENOO_RPC_OWN_ALLOCATOR 1
#endif

#endif  // ZENOO_RPC_TESTS_SUPPORT_OWN_ALLOCATOR_HPP
