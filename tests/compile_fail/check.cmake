# `cmake -DCOMPILER= -DINCLUDES= -DCASE= -DMESSAGE= -P check.cmake`: is CASE refused with MESSAGE, and accepted with CURED?
# Without a MESSAGE it must be accepted as it is; with FIRST it is the first error that must say so.
list(TRANSFORM INCLUDES PREPEND -I)

function(compile)
    execute_process(
        COMMAND ${COMPILER} -std=c++20 -fsyntax-only ${INCLUDES} ${ARGN} ${CASE}
        RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE output)
    set(status ${status} PARENT_SCOPE)
    set(output "${output}" PARENT_SCOPE)
endfunction()

compile(-DCURED)
if(NOT status EQUAL 0)
    message("${output}")
    message(FATAL_ERROR "The cure does not compile")
endif()

compile()
if(MESSAGE STREQUAL "")
    if(NOT status EQUAL 0)
        message("${output}")
        message(FATAL_ERROR "Refused, although nothing speaks against it with this compiler")
    endif()
elseif(status EQUAL 0)
    message(FATAL_ERROR "Not refused")
else()
    # Only what the compiler calls an error counts: the text may also stand in a line of source that it quotes.
    string(REGEX MATCHALL "error: [^\n]*" errors "${output}")
    list(GET errors 0 first)
    message(STATUS "${first}")
    if(FIRST)  # all that a reader has to read
        set(errors "${first}")
    endif()
    string(FIND "${errors}" "${MESSAGE}" position)
    if(position EQUAL -1)
        message("${output}")
        message(FATAL_ERROR "Refused, but no error says \"${MESSAGE}\"")
    endif()
endif()
