// SPDX-License-Identifier: BSL-1.0
// Checks the picture in README and its claims.
#include "examples/program.hpp"
#include "support/catch.hpp"

#include <fstream>
#include <iterator>
#include <regex>
#include <string>

using namespace zenoo_rpc::tests;

namespace {

std::string content(std::string const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// Returns the number that `pattern` captures in the output; fails the test if there is none.
double number_in(std::string const& output, std::string const& pattern) {
    std::smatch match;
    INFO(output);
    REQUIRE(std::regex_search(output, match, std::regex{pattern}));
    return std::stod(match[1]);
}

double wasted(std::string const& output, std::string const& manner) {
    return number_in(output, manner + ": .* (\\d+) wasted");
}
double worst(std::string const& output, std::string const& manner) {
    return number_in(output, manner + ": (\\d+) calls in the worst second");
}
double milliseconds(std::string const& output, std::string const& manner) {
    return number_in(output, manner + ": .* all served (\\d+) ms after");
}

}  // namespace

TEST_CASE("the picture in README is the output of the example") {
    TemporaryFile const picture{""};
    auto const storm = run("storm", {"--output", picture.path()});
    CHECK(storm.status == 0);
    CHECK(content(picture.path()).size() > 1000);
    CHECK((content(picture.path()) == content(ZENOO_RPC_DOCS_DIR "/storm.svg")));
}

TEST_CASE("with any seed blind retries keep a server down, backoff recovers it, and a breaker recovers it sooner") {
    for (auto const* seed : {"1", "2", "3", "4", "5"}) {
        INFO("seed " << seed);
        auto const storm = run("storm", {"--seed", seed});
        REQUIRE(storm.status == 0);
        auto const usual = number_in(storm.output, "usual: (\\d+)");
        CHECK(storm.says("blind: "));
        CHECK(storm.says("never all served"));
        CHECK(worst(storm.output, "blind") > 3 * usual);
        CHECK(worst(storm.output, "breaker") < 2 * usual);
        CHECK(wasted(storm.output, "backoff") < wasted(storm.output, "blind") / 10);
        CHECK(wasted(storm.output, "breaker") < wasted(storm.output, "backoff") / 10);
        CHECK(milliseconds(storm.output, "breaker") < milliseconds(storm.output, "backoff") / 3);
    }
}

TEST_CASE("a server with enough capacity recovers even from blind retries") {
    auto const storm = run("storm", {"--capacity", "2000", "--queue", "1000"});
    CHECK(storm.status == 0);
    CHECK(milliseconds(storm.output, "blind") < 2000);
}

TEST_CASE("a storm whose times are not in increasing order is rejected") {
    CHECK(run("storm", {"--begins", "60", "--ends", "30"}).status == 2);
    CHECK(run("storm", {"--length", "40"}).status == 2);
}

TEST_CASE("a picture that cannot be written is an error before the simulation runs") {
    auto const storm = run("storm", {"--output", "/nowhere/storm.svg"});
    CHECK(storm.status == 1);
    CHECK(storm.says("cannot write /nowhere/storm.svg"));
    CHECK_FALSE(storm.says("usual: "));
}
