#!/bin/bash
# A job that runs a deck for as long as it takes, in parts that each fit the queue's time limit.
#
#   sbatch slurm.sh                 from the folder with the deck; edit the lines below first
#
# How it works: 5 minutes before the limit Slurm sends SIGUSR1 to every rank. Markhor then writes a
# checkpoint into its result file and ends with exit code 3, and this script submits itself again;
# the next job finds the result file and continues it. A job that dies of something else (a node
# that fails) loses no more than [run] checkpoint_interval: submit it again, it continues.
#
#SBATCH --job-name=markhor
#SBATCH --ntasks=64
#SBATCH --time=24:00:00
# Without "B:" the signal goes to the ranks that srun started, and not to this script, which just
# waits for srun's exit code. The time before the limit must be enough for what cannot be
# interrupted (an iteration of [optimize], Hartree-Fock) and for writing the checkpoint.
#SBATCH --signal=USR1@300
#SBATCH --output=markhor.%j.out
#
# With mpirun in place of srun the signal must go to this script, which passes it on, because Slurm
# does not know mpirun's ranks: --signal=B:USR1@300 above, and below
#
#   mpirun markhor "${arguments[@]}" &
#   trap 'kill -USR1 $!' USR1      # mpirun passes SIGUSR1 on to the ranks; SIGTERM would end them
#   wait $!; code=$?
#   while [ "$code" -gt 128 ] && kill -0 $! 2>/dev/null; do wait $!; code=$?; done
#
# (a trap interrupts `wait` with a code above 128 while mpirun goes on, so one waits again).

deck=water.ini
results=water.h5
script=slurm.sh      # this file's name in the folder: Slurm runs a copy of it from elsewhere
most_parts=20        # a guard against a job that submits itself for ever

part=${1:-1}
if [ -e "$results" ]; then
  arguments=(continue "$results")
else
  arguments=("$deck" --output.file="$results")
fi

echo "part $part: markhor ${arguments[*]}"
srun markhor "${arguments[@]}"
code=$?

# 0: done; 1: the calculation failed; 2: bad input; 3: stopped early with a checkpoint.
if [ "$code" -ne 3 ]; then
  exit "$code"
fi
if [ "$part" -ge "$most_parts" ]; then
  echo "stopped after $part parts; sbatch $script goes on"
  exit 3
fi
sbatch "$script" $((part + 1))
