# Builds users' projects with the installed library and with its sources as part of the project. Label `slow`.
set(consumer ${PROJECT_SOURCE_DIR}/tests/consumer)
set(place ${CMAKE_CURRENT_BINARY_DIR}/consumer)
set(installed -DCMAKE_PREFIX_PATH=${place}/prefix)
set(sources -DZENOO_RPC_SOURCES=${PROJECT_SOURCE_DIR} -DCMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER})
set(without_other_packages)
foreach(package boost_json boost_url nlohmann_json OpenSSL)
    list(APPEND without_other_packages -DCMAKE_DISABLE_FIND_PACKAGE_${package}=ON)
endforeach()

add_test(NAME consumer.install COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --prefix ${place}/prefix)
set_tests_properties(consumer.install PROPERTIES FIXTURES_SETUP consumer_prefix LABELS slow)

# zenoo_rpc_add_consumer_test(<name> <option of CMake>...): builds the project and runs its programs.
function(zenoo_rpc_add_consumer_test name)
    add_test(NAME consumer.${name} COMMAND ${CMAKE_CTEST_COMMAND}
        --build-and-test ${consumer} ${place}/${name} --build-generator "${CMAKE_GENERATOR}"
        --build-options -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER} ${ARGN}
        --test-command ${CMAKE_CTEST_COMMAND} --no-tests=error --output-on-failure)
    set_tests_properties(consumer.${name} PROPERTIES LABELS slow TIMEOUT 900 FIXTURES_REQUIRED consumer_prefix)
endfunction()

# zenoo_rpc_add_refused_consumer(<name> <message> <option of CMake>...): CMake refuses the project with this message.
function(zenoo_rpc_add_refused_consumer name message)
    add_test(NAME consumer.${name} COMMAND ${CMAKE_COMMAND}
        -S ${consumer} -B ${place}/${name} -G "${CMAKE_GENERATOR}" -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER} ${ARGN})
    set_tests_properties(consumer.${name} PROPERTIES
        LABELS slow FIXTURES_REQUIRED consumer_prefix PASS_REGULAR_EXPRESSION "${message}")
endfunction()

zenoo_rpc_add_consumer_test(find_package ${installed})
zenoo_rpc_add_consumer_test(headers_of_boost_alone ${installed} -DPARTS=retry ${without_other_packages})
zenoo_rpc_add_refused_consumer(unknown_component "no component outbax here. it has: retry, [a-z_, ]+" ${installed} -DPARTS=outbax)
zenoo_rpc_add_refused_consumer(other_version "zenoo_rpc-config.cmake, version: ${PROJECT_VERSION}" ${installed} -DWANTED_VERSION=0.2)

# A Debug program with a Release library.
zenoo_rpc_add_consumer_test(fetch_content ${sources} -DCMAKE_BUILD_TYPE=Debug "-DFLAGS_OF_LIBRARY=-O1\\;-DNDEBUG")
zenoo_rpc_add_consumer_test(fetch_content_of_retry ${sources} -DPARTS=retry -DZENOO_RPC_BUILD_CLIENT=OFF
    ${without_other_packages})
zenoo_rpc_add_consumer_test(fetch_content_builds_what_is_linked ${sources} -DPARTS=retry)
zenoo_rpc_add_refused_consumer(tests_without_client "ZENOO_RPC_BUILD_TESTS is ON and needs ZENOO_RPC_BUILD_TESTING" ${sources}
    -DZENOO_RPC_BUILD_CLIENT=OFF -DZENOO_RPC_BUILD_TESTS=ON)
