# cmake -DPROGRAM= -DINPUT= -DOUTPUT= -DVERSION= -P manual.cmake: fill docs/plantryk.1.in with what the program says of itself.
set(ENV{LANGUAGE} C)
execute_process(COMMAND ${PROGRAM} --manual OUTPUT_VARIABLE COMMANDS COMMAND_ERROR_IS_FATAL ANY)
configure_file(${INPUT} ${OUTPUT} @ONLY)
