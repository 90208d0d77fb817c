// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_DESCRIBE_DESCRIPTION_HPP
#define EXAMPLES_DESCRIBE_DESCRIPTION_HPP

#include <nlohmann/json_fwd.hpp>

#include <string>

/// Returns a header with a struct for records of `model`, as a user would write it, from the result of `fields_get`.
///
/// Equal results give equal text. A model with more fields than Boost.Describe supports in one struct is composed of
/// several structs.
std::string describe_model(std::string const& model, nlohmann::json const& fields_get);

#endif  // EXAMPLES_DESCRIBE_DESCRIPTION_HPP
