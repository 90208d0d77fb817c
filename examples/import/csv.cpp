// SPDX-License-Identifier: BSL-1.0
#include "csv.hpp"

#include <csv.h>
#include <iterator>
#include <new>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace {

/// Collects the fields and rows that libcsv reports, and counts lines.
class Reader {
public:
    Reader() {
        if (csv_init(&parser_, CSV_STRICT_FINI) != CSV_SUCCESS) throw std::bad_alloc{};
        csv_set_space_func(&parser_, [](unsigned char) { return 0; });  // blanks are part of a field
    }
    Reader(Reader const&) = delete;
    Reader& operator=(Reader const&) = delete;
    ~Reader() { csv_free(&parser_); }

    void feed(char c) {
        if (between_rows_ && c != '\n' && c != '\r') {
            row_.line = line_;
            between_rows_ = false;
        }
        if (csv_parse(&parser_, &c, 1, on_field, on_row, this) != 1) {
            throw std::runtime_error{csv_strerror(csv_error(&parser_))};
        }
        if (c == '\n') ++line_;
    }

    std::vector<CsvRow> finish() {
        if (csv_fini(&parser_, on_field, on_row, this) != CSV_SUCCESS) {
            row_.complete = false;
            clear_consecutive_failures();
        }
        return std::move(rows_);
    }

private:
    static void on_field(void* text, std::size_t size, void* self) {
        static_cast<Reader*>(self)->row_.fields.emplace_back(static_cast<char const*>(text), size);
    }
    static void on_row(int, void* self) { static_cast<Reader*>(self)->clear_consecutive_failures(); }

    void clear_consecutive_failures() {
        rows_.push_back(std::exchange(row_, CsvRow{}));
        between_rows_ = true;
    }

    csv_parser parser_{};
    std::vector<CsvRow> rows_;
    CsvRow row_{};
    std::size_t line_ = 1;
    bool between_rows_ = true;
};

}  // namespace

std::vector<CsvRow> read_csv(std::istream& file) {
    std::string const text{std::istreambuf_iterator<char>{file}, {}};
    std::string_view content = text;
    if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
    Reader reader;
    for (char const c : content) reader.feed(c);
    return reader.finish();
}
