// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_IMPORT_CSV_HPP
#define EXAMPLES_IMPORT_CSV_HPP

#include <cstddef>
#include <istream>
#include <string>
#include <vector>

struct CsvRow {
    std::size_t line;  ///< where the row begins; the first line is 1
    std::vector<std::string> fields;
    bool complete = true;  ///< false if the file ended inside a quoted field
};

/// Reads all rows of a file by the rules of RFC 4180: quotes, doubled quotes, line breaks inside quotes. Skips empty
/// lines and a byte order mark.
std::vector<CsvRow> read_csv(std::istream& file);

#endif  // EXAMPLES_IMPORT_CSV_HPP
