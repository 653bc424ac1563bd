#!/bin/bash
# Ends what start.sh has started.
#   stop.sh FOLDER
while read -r pid; do kill "$pid" 2>/dev/null && tail --pid="$pid" -f /dev/null; done < <(tac "$1/pids")
exit 0
