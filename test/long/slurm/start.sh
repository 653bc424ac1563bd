#!/bin/bash
# Starts a Slurm of one node, with configuration, state, keys and logs in a folder of its own, on two free ports.
#   start.sh FOLDER CONTROL_PORT NODE_PORT
# Ends with 0 when the node takes jobs; SLURM_CONF is FOLDER/slurm.conf. stop.sh ends it.
set -euo pipefail
folder=$1 host=$(hostname -s)
PATH=$PATH:/usr/sbin
mkdir -p "$folder"/{munge,state,spool}
chmod 700 "$folder" "$folder"/{munge,state,spool}
head -c 1024 /dev/urandom >"$folder/munge/key"
chmod 400 "$folder/munge/key"
cat >"$folder/slurm.conf" <<END
ClusterName=trial
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$2
SlurmdPort=$3
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
ReturnToService=2
MailProg=/bin/true
NodeName=$host NodeAddr=127.0.0.1 CPUs=1 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES State=UP
END
export SLURM_CONF=$folder/slurm.conf
# Its folder is open to nobody else, whatever lies above it.
munged --force --foreground --key-file="$folder/munge/key" --socket="$folder/munge/socket" --num-threads=2 \
  --pid-file="$folder/munge/pid" --seed-file="$folder/munge/seed" --log-file="$folder/munge/log" </dev/null >"$folder/munged.out" 2>&1 &
echo $! >"$folder/pids"
for ((i = 0; i < 100; i++)); do [ ! -S "$folder/munge/socket" ] || break; sleep 0.1; done
slurmctld -D -f "$SLURM_CONF" </dev/null >"$folder/slurmctld.out" 2>&1 &
echo $! >>"$folder/pids"
slurmd -D -f "$SLURM_CONF" -N "$host" </dev/null >"$folder/slurmd.out" 2>&1 &
echo $! >>"$folder/pids"
for ((i = 0; i < 300; i++)); do
  case $(sinfo --noheader --format=%t 2>/dev/null) in idle*) exit 0 ;; esac
  sleep 0.1
done
tail -n 5 "$folder"/*.out "$folder/munge/log" >&2
exit 1
