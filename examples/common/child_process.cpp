// SPDX-License-Identifier: BSL-1.0
#include "child_process.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <spawn.h>
#include <string_view>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace {

[[noreturn]] void fail(int error, std::string const& what) {
    throw std::system_error{error, std::generic_category(), what};
}

/// The directions for `posix_spawn`: files and process group of the new process.
class Directions {
public:
    Directions() {
        if (int const error = posix_spawn_file_actions_init(&files_)) fail(error, "posix_spawn_file_actions_init");
        if (int const error = posix_spawnattr_init(&attributes_)) {
            posix_spawn_file_actions_destroy(&files_);
            fail(error, "posix_spawnattr_init");
        }
    }
    Directions(Directions const&) = delete;
    Directions& operator=(Directions const&) = delete;
    ~Directions() {
        posix_spawnattr_destroy(&attributes_);
        posix_spawn_file_actions_destroy(&files_);
    }

    void no_input() { check(posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0)); }
    void output_to(int file, int number) { check(posix_spawn_file_actions_adddup2(&files_, file, number)); }
    void own_group() {
        check(posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP));
        check(posix_spawnattr_setpgroup(&attributes_, 0));
    }

    pid_t start(std::string const& program, std::vector<char*> const& arguments,
                std::vector<char*> const& environment) {
        pid_t id = 0;
        int const error =
            posix_spawn(&id, program.c_str(), &files_, &attributes_, arguments.data(), environment.data());
        if (error) fail(error, program);
        return id;
    }

private:
    static void check(int error) {
        if (error) fail(error, "posix_spawn");
    }

    posix_spawn_file_actions_t files_;
    posix_spawnattr_t attributes_;
};

std::string_view name_of(std::string_view variable) { return variable.substr(0, variable.find('=')); }

std::vector<std::string> environment_with(std::vector<std::string> const& changes) {
    auto const changed = [&](std::string_view variable) {
        for (auto const& change : changes) {
            if (name_of(change) == name_of(variable)) return true;
        }
        return false;
    };
    std::vector<std::string> all;
    for (char** variable = environ; *variable; ++variable) {
        if (!changed(*variable)) all.emplace_back(*variable);
    }
    for (auto const& change : changes) {
        if (change.find('=') != change.npos) all.push_back(change);
    }
    return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (auto& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

ChildProcess::ChildProcess(std::filesystem::path const& program, ChildOptions const& options)
    : own_group_{options.own_group} {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) fail(errno, "pipe2");
    output_.reset(fdopen(ends[0], "r"));
    struct Closed {
        int file;
        ~Closed() { close(file); }
    } const input{ends[1]};
    if (!output_) {
        int const error = errno;
        close(ends[0]);
        fail(error, "fdopen");
    }

    Directions directions;
    directions.no_input();
    directions.output_to(input.file, STDOUT_FILENO);
    if (options.with_errors) directions.output_to(input.file, STDERR_FILENO);
    if (own_group_) directions.own_group();

    auto arguments = options.arguments;
    arguments.insert(arguments.begin(), program.string());
    auto environment = environment_with(options.environment);
    id_ = directions.start(program.string(), pointers_to(arguments), pointers_to(environment));
}

ChildProcess::~ChildProcess() {
    signal(SIGKILL);
    wait();
}

std::optional<std::string> ChildProcess::read_line() {
    std::string line;
    for (int c; (c = std::fgetc(output_.get())) != EOF;) {
        if (c == '\n') return line;
        line.push_back(static_cast<char>(c));
    }
    if (line.empty()) return std::nullopt;
    return line;
}

std::string ChildProcess::read_all() {
    std::string all;
    for (int c; (c = std::fgetc(output_.get())) != EOF;) all.push_back(static_cast<char>(c));
    return all;
}

void ChildProcess::signal(int number) {
    if (running()) ::kill(own_group_ ? -id_ : id_, number);
}

bool ChildProcess::running() {
    if (status_) return false;
    siginfo_t info{};
    // The process stays waitable, so that its number cannot be another's before `wait`.
    return waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}

int ChildProcess::wait() {
    if (status_) return *status_;
    int status = 0;
    pid_t ended = 0;
    do {
        ended = waitpid(id_, &status, 0);
    } while (ended < 0 && errno == EINTR);
    if (ended < 0) {
        status_ = -1;
    } else {
        status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    return *status_;
}
