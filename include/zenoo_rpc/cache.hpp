// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CACHE_HPP
#define ZENOO_RPC_CACHE_HPP

// A cache, and loads through it as a layer beside those of <zenoo_rpc/retry.hpp>. Needs the headers of Boost alone.

#include <zenoo_rpc/cache/cache_manager.hpp>

#endif  // ZENOO_RPC_CACHE_HPP
