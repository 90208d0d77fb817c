# Builds a user's project, once with the installed library and once with its sources as part of the project. Label `slow`.
set(consumer ${PROJECT_SOURCE_DIR}/tests/consumer)
set(place ${CMAKE_CURRENT_BINARY_DIR}/consumer)

add_test(NAME consumer.install COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --prefix ${place}/prefix)
set_tests_properties(consumer.install PROPERTIES FIXTURES_SETUP consumer_prefix LABELS slow)

function(zenoo_rpc_add_consumer_test name)
    add_test(NAME consumer.${name} COMMAND ${CMAKE_CTEST_COMMAND}
        --build-and-test ${consumer} ${place}/${name} --build-generator ${CMAKE_GENERATOR}
        --build-options -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER} ${ARGN}
        --test-command ${CMAKE_CTEST_COMMAND} --no-tests=error --output-on-failure)
    set_tests_properties(consumer.${name} PROPERTIES LABELS slow TIMEOUT 900)
endfunction()

zenoo_rpc_add_consumer_test(find_package -DCMAKE_PREFIX_PATH=${place}/prefix)
zenoo_rpc_add_consumer_test(headers_of_boost_alone -DCMAKE_PREFIX_PATH=${place}/prefix -DPARTS=retry
    -DCMAKE_DISABLE_FIND_PACKAGE_boost_url=ON -DCMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON
    -DCMAKE_DISABLE_FIND_PACKAGE_OpenSSL=ON)
set_tests_properties(consumer.find_package consumer.headers_of_boost_alone
                     PROPERTIES FIXTURES_REQUIRED consumer_prefix)
zenoo_rpc_add_consumer_test(add_subdirectory -DZENOO_RPC_SOURCES=${PROJECT_SOURCE_DIR}
    -DCMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER})
