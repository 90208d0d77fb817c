// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_DESCRIBE_DESCRIPTION_HPP
#define EXAMPLES_DESCRIBE_DESCRIPTION_HPP

#include <nlohmann/json_fwd.hpp>

#include <string>

/// A header with a struct for records of `model`, as a user of the library writes it, from the answer of `fields_get`.
///
/// The same answer gives the same text. A model with more fields than Boost.Describe takes at once is put together from
/// several structs.
std::string describe_model(std::string const& model, nlohmann::json const& fields_get);

#endif  // EXAMPLES_DESCRIBE_DESCRIPTION_HPP
