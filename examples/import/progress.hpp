// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_IMPORT_PROGRESS_HPP
#define EXAMPLES_IMPORT_PROGRESS_HPP

#include "import_run.hpp"

#include <zenoo_rpc/core/clock.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <cstddef>
#include <string>

/// One line that shows the progress of an import: redrawn on a terminal, printed at intervals elsewhere.
///
/// Lifetime: must outlive the execution context, or all work that the context runs.
class ProgressLine {
public:
    ProgressLine(zenoo_rpc::ZenooClient& client, ImportRun const& run, std::size_t rows);

    void start(boost::asio::any_io_executor const& executor);
    /// Prints the final state and ends the line.
    void stop();
    /// Prints a separate line above the progress line.
    void say(std::string const& text);

private:
    boost::asio::awaitable<void> show();
    void print();
    std::string text() const;

    zenoo_rpc::ZenooClient& client_;
    ImportRun const& run_;
    std::size_t rows_;
    bool is_terminal_;
    zenoo_rpc::TimePoint started_;
    boost::asio::cancellation_signal stop_;
};

#endif  // EXAMPLES_IMPORT_PROGRESS_HPP
