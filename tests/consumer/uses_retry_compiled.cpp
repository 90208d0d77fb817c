// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_COMPILED
#error "zenoo_rpc::retry_compiled must define the form that its users compile"
#endif

#include "uses_retry.cpp"
