// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_EXAMPLES_PROGRAM_HPP
#define ZENOO_RPC_TESTS_EXAMPLES_PROGRAM_HPP

#include "common/child_process.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc::tests {

/// Exit status and output of a program that has ended.
struct Ended {
    int status = -1;
    std::string output;  ///< standard output and standard error
    bool says(std::string_view text) const { return output.find(text) != output.npos; }
};

/// A running example program; the destructor kills it if it still runs.
class Program {
public:
    Program(std::string const& name, std::vector<std::string> const& arguments, std::string const& password = {});

    std::string read_line();
    void interrupt();  ///< sends SIGINT, like Ctrl-C
    void kill();       ///< sends SIGKILL; returns when the process has ended
    bool is_running();
    Ended wait();

private:
    ChildProcess process_;
};

inline Ended run(std::string const& name, std::vector<std::string> const& arguments, std::string const& password = {}) {
    return Program{name, arguments, password}.wait();
}

/// A simulator in a separate process.
class SimulatorProgram {
public:
    explicit SimulatorProgram(std::vector<std::string> const& arguments = {});
    std::string const& url() const noexcept { return url_; }
    std::string port() const { return url_.substr(url_.rfind(':') + 1); }
    nlohmann::json stats() const;
    void kill() { program_.kill(); }

private:
    Program program_;
    std::string url_;
};

/// A file that the destructor removes.
class TemporaryFile {
public:
    explicit TemporaryFile(std::string const& content);
    TemporaryFile(TemporaryFile const&) = delete;
    TemporaryFile& operator=(TemporaryFile const&) = delete;
    ~TemporaryFile();
    std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_EXAMPLES_PROGRAM_HPP
