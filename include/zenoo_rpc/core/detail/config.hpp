// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_CONFIG_HPP
#define ZENOO_RPC_CORE_DETAIL_CONFIG_HPP

// The retry part has two forms. It is header-only by default: each header includes its implementation,
// detail/impl/*.ipp. The CMake target `zenoo_rpc::retry_compiled` compiles the implementations once, and defines
// ZENOO_RPC_RETRY_COMPILED for whoever links it. Both forms define the same entities, so that they may meet in one
// program.

#ifdef ZENOO_RPC_RETRY_COMPILED
#define ZENOO_RPC_DECL
#else
#define ZENOO_RPC_HEADER_ONLY
/// Marks the declaration of a function that is defined in an implementation file. It has no static variable that both
/// forms of the library would have to share.
#define ZENOO_RPC_DECL inline
#endif

#endif  // ZENOO_RPC_CORE_DETAIL_CONFIG_HPP
