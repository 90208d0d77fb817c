// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CACHE_HPP
#define ZENOO_RPC_CACHE_HPP

// A cache, and a layer that loads through it, for use beside those of <zenoo_rpc/retry.hpp>. Needs only Boost headers.

#include <zenoo_rpc/cache/cache_manager.hpp>

#endif  // ZENOO_RPC_CACHE_HPP
