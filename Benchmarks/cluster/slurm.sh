#!/usr/bin/env bash
# A Slurm of its own on this machine's loopback: one controller and a few nodes, each a host by name (a UTS namespace).
#
#   slurm.sh start FOLDER [NODES]   starts munged, slurmctld and NODES slurmd (2); FOLDER holds everything they write
#   slurm.sh stop FOLDER            ends what was started there
#   slurm.sh kill FOLDER NODE       ends one slurmd and its jobs as a power cut would
#   slurm.sh revive FOLDER NODE     starts it again
#   slurm.sh restart FOLDER         ends the controller and starts it again
#
# Needs root and the Debian packages slurm-wlm and munge. Then: export SLURM_CONF=FOLDER/slurm.conf
set -euo pipefail

action=${1:?start, stop, kill, revive or restart}
folder=$(realpath -m "${2:?a folder}")
conf=$folder/slurm.conf
export SLURM_CONF=$conf

# What starts the daemons must not be taken for running while they do: they inherit nothing but the standard streams.
for handle in /proc/self/fd/*; do
  handle=${handle##*/}
  [ "$handle" -gt 2 ] && [ "$handle" != 255 ] && eval "exec $handle>&-" 2> /dev/null
done

configure() {
  local nodes=$1 base=$2 cpus memory
  cpus=$(nproc)
  memory=$(awk '/MemTotal/ { print int($2 / 1024 / '"$nodes"' * 0.8) }' /proc/meminfo)
  cat > "$conf" <<EOF
ClusterName=lichen
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmctldPort=$base
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CryptoType=crypto/munge
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool-%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd-%n.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd-%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerParameters=sched_interval=2,batch_sched_delay=0
SlurmctldTimeout=10
SlurmdTimeout=10
MinJobAge=30
ReturnToService=2
MaxArraySize=10001
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
EOF
  cp /etc/hosts "$folder/hosts"
  for node in $(seq 1 "$nodes"); do
    echo "127.0.0.1 lichen$node" >> "$folder/hosts"
    echo "NodeName=lichen$node NodeHostname=lichen$node NodeAddr=127.0.0.1 Port=$((base + node)) CPUs=$cpus RealMemory=$memory State=UNKNOWN" >> "$conf"
  done
  echo "PartitionName=work Nodes=lichen[1-$nodes] Default=YES MaxTime=INFINITE State=UP" >> "$conf"
}

# A daemon that writes its pid by itself; a host of that name.
node() {
  # A session of its own, so that it and its jobs can be ended together; names of hosts that only it knows.
  unshare --uts --mount setsid bash -c "mount --bind '$folder/hosts' /etc/hosts && hostname $1 \
    && echo \$\$ > '$folder/$1.group' && exec slurmd -D -f '$conf'" \
    > "$folder/$1.out" 2>&1 < /dev/null &
}

ended() {
  for _ in $(seq 200); do
    kill -0 "$1" 2> /dev/null || return 0
    sleep 0.05
  done
  kill -9 "$1" 2> /dev/null || true
}

end() {
  [ -f "$1" ] || return 0
  local pid
  pid=$(cat "$1")
  kill "$pid" 2> /dev/null || true
  ended "$pid"
  rm -f "$1"
}

case $action in
  start)
    nodes=${3:-2}
    mkdir -p "$folder/state"
    # munged refuses folders that others may write.
    chmod 755 "$folder"
    [ -f "$folder/munge.key" ] || (umask 077 && head -c 1024 /dev/urandom > "$folder/munge.key")
    base=$((20000 + RANDOM % 20000))
    configure "$nodes" "$base"
    munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
      --log-file="$folder/munged.log" --seed-file="$folder/munged.seed"
    slurmctld -f "$conf"
    for index in $(seq 1 "$nodes"); do node "lichen$index"; done
    for _ in $(seq 100); do
      [ "$(sinfo -h -t idle -o %D 2> /dev/null)" = "$nodes" ] && exec echo "export SLURM_CONF=$conf"
      sleep 0.1
    done
    sinfo >&2 || true
    echo "the nodes did not come up; see the logs in $folder" >&2
    exit 1
    ;;
  kill)
    pkill -9 -s "$(cat "$folder/$3.group")" || true
    ;;
  revive)
    node "$3"
    ;;
  restart)
    end "$folder/slurmctld.pid"
    slurmctld -f "$conf"
    ;;
  stop)
    scancel --state=PENDING 2> /dev/null || true
    scancel --state=RUNNING 2> /dev/null || true
    for group in "$folder"/*.group; do
      [ -f "$group" ] || continue
      kill "$(cat "$group")" 2> /dev/null || true
      ended "$(cat "$group")"
      # Whatever of its jobs is left.
      pkill -9 -s "$(cat "$group")" || true
      rm -f "$group"
    done
    end "$folder/slurmctld.pid"
    end "$folder/munged.pid"
    ;;
  *)
    echo "there is no action '$action'" >&2
    exit 64
    ;;
esac
