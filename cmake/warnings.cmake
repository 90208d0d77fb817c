# Warnings are ours, never our users': this is private to the target, so it is neither inherited nor installed.
# Whether a warning is an error is said by CMAKE_COMPILE_WARNING_AS_ERROR, which the presets set.
function(zenoo_rpc_warnings target)
    target_compile_options(${target} PRIVATE
        $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Wall;-Wextra;-Wpedantic;-Wconversion;-Wshadow>
        # g++ 12 takes Asio's allocator of coroutine frames for a mismatch of new and delete.
        $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-mismatched-new-delete>)
    # Where several files are compiled as one, g++ takes each for a header, whose types in anonymous namespaces it mistrusts.
    target_compile_options(${target} PRIVATE
        $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>:-Wno-subobject-linkage>)
    # clang sees std::stable_sort of libstdc++ 12 use a function that is deprecated for others; g++ still watches over us.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)
    target_compile_definitions(${target} PRIVATE BOOST_ASIO_NO_DEPRECATED)
endfunction()
