include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/zenoo_rpc)
get_property(ZENOO_RPC_PARTS GLOBAL PROPERTY ZENOO_RPC_PARTS)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ TYPE INCLUDE)
# A file of targets for each part, so that a program that wants one part needs nothing of the others.
foreach(part IN LISTS ZENOO_RPC_PARTS)
    get_target_property(target zenoo_rpc::${part} ALIASED_TARGET)
    install(TARGETS ${target} EXPORT zenoo_rpc_${part}_targets)
    install(EXPORT zenoo_rpc_${part}_targets NAMESPACE zenoo_rpc:: DESTINATION ${package_dir})
endforeach()

configure_package_config_file(
    ${CMAKE_CURRENT_LIST_DIR}/zenoo_rpc-config.cmake.in ${PROJECT_BINARY_DIR}/zenoo_rpc-config.cmake
    INSTALL_DESTINATION ${package_dir})
# Before 1.0 a new minor version may be incompatible with the last one.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/zenoo_rpc-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/zenoo_rpc-config.cmake ${PROJECT_BINARY_DIR}/zenoo_rpc-config-version.cmake
        DESTINATION ${package_dir})
