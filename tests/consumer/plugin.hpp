// SPDX-License-Identifier: BSL-1.0
#ifndef PLUGIN_HPP
#define PLUGIN_HPP

void log_in_at(char const* url);

#endif  // PLUGIN_HPP
