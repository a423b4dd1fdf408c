#!/bin/sh
# The job script of input_examples, with stand-ins for Slurm's commands: srun ends with the exit
# codes that the file `codes` lists, and notes how it was called; sbatch runs the next part at once.
#
#   tests/faults/slurm_script.sh SCRIPT
set -eu
script=$1
bash -n "$script"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir bin
cat > bin/srun <<'END'
#!/bin/sh
echo "$*" >> calls
touch water.h5
code=$(head -n 1 codes)
sed -i 1d codes
exit "$code"
END
cat > bin/sbatch <<'END'
#!/bin/sh
exec bash "$@"
END
chmod +x bin/srun bin/sbatch
PATH="$folder/bin:$PATH"
cp "$script" slurm.sh

# expect CODES EXIT_CODE CALLS: of one submission, from the present state of the folder.
expect() {
  : > calls
  printf '%s\n' $1 > codes
  code=0
  sbatch slurm.sh > output || code=$?
  if [ "$code" -ne "$2" ] || [ "$(cat calls)" != "$3" ]; then
    echo "FAILED: exit codes '$1' of markhor gave exit code $code and the calls"
    cat calls output
    exit 1
  fi
}

new="markhor water.ini --output.file=water.h5"
continued="markhor continue water.h5"
expect "3 3 0" 0 "$new
$continued
$continued"
expect "0" 0 "$continued"
rm water.h5
expect "2" 2 "$new"
rm water.h5
expect "3 1" 1 "$new
$continued"
# The guard: twenty parts and no more.
many="3 3 3 3 3 3 3 3 3 3 3 3"
expect "$many $many" 3 "$(for i in $(seq 20); do echo "$continued"; done)"
echo "the job script does what it says"
