// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_COMMON_CHILD_PROCESS_HPP
#define EXAMPLES_COMMON_CHILD_PROCESS_HPP

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

/// What to start with a program besides its name.
struct ChildOptions {
    std::vector<std::string> arguments;
    /// `NAME=value` each; the rest of the environment is inherited. A name alone removes the variable.
    std::vector<std::string> environment;
    bool own_group = false;    ///< in a process group of its own, which Ctrl-C at the terminal does not reach
    bool with_errors = false;  ///< the output includes standard error
};

/// A program that this program started. Its standard input is empty; its standard output is read here.
///
/// The destructor kills the program, with its process group if it has its own, and waits for its end.
/// Threads: not safe to share.
class ChildProcess {
public:
    /// Throws `std::system_error` with the program's path if it cannot be started.
    ChildProcess(std::filesystem::path const& program, ChildOptions const& options);
    ChildProcess(ChildProcess const&) = delete;
    ChildProcess& operator=(ChildProcess const&) = delete;
    ~ChildProcess();

    /// Waits for a line of output; the text has no line end. Nothing at the end of the output.
    std::optional<std::string> read_line();
    /// Waits for the end of the output and returns what is left of it.
    std::string read_all();

    void signal(int number);  ///< does nothing if the program has ended
    bool running();
    /// Waits for the end and returns the exit status: 128 and the number of the signal if one ended the program, -1 if
    /// the system does not tell, as when this program ignores SIGCHLD.
    int wait();

private:
    struct CloseFile {
        void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    };

    pid_t id_ = 0;
    bool own_group_;
    std::optional<int> status_;
    std::unique_ptr<std::FILE, CloseFile> output_;
};

#endif  // EXAMPLES_COMMON_CHILD_PROCESS_HPP
