#!/usr/bin/env bash
# Everything that a machine with a graphics card is asked, in at most seven minutes and without a network:
#   npx tsx bench/gpu/pack.ts     here, once: makes out/gpu-day (below 64 MiB)
#   bash bench/gpu/day.sh         there, with out/gpu-day beside the tree
# On a software adapter, which is slow: DAY_SIDES=32, and DAY_PATIENCE=10 for ten times as long a question (DAY_SECONDS in all). Answers go to $OUT, else to out/gpu-day/answers: one file a question, with what went wrong in it.
set -u
cd "$(dirname "$0")/../.."
answers=${OUT:-$PWD/out/gpu-day/answers}
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$answers"
end=$((SECONDS + ${DAY_SECONDS:-400}))

{ xz -dc out/gpu-day/tree.tar.xz 2>/dev/null ||
  python3 -c 'import lzma, shutil, sys; shutil.copyfileobj(lzma.open("out/gpu-day/tree.tar.xz"), sys.stdout.buffer)'; } |
  tar -x -C "$tree" || { echo 'out/gpu-day/tree.tar.xz cannot be unpacked' >&2; exit 1; }
node="$tree/node"

# ask NAME SECONDS COMMAND…: its output and its end in the file NAME, within the time that is left.
ask() {
  local name=$1 most=$(($2 * ${DAY_PATIENCE:-1})) left=$((end - SECONDS))
  shift 2
  [ "$left" -gt 5 ] || { echo 'not asked: no time left' >"$answers/$name"; return 1; }
  [ "$most" -lt "$left" ] || most=$left
  local began=$SECONDS
  timeout -k 2 "$most" "$@" >"$answers/$name" 2>&1
  local code=$?
  echo "exit $code after $((SECONDS - began)) s" >>"$answers/$name"
  return $code
}

ask nvidia-smi.txt 10 nvidia-smi
ask nvidia-smi-list.txt 10 nvidia-smi -L
ask nvidia-smi-query.txt 10 nvidia-smi --query-gpu=name,memory.total,driver_version,compute_cap --format=csv,noheader,nounits
ask system.txt 10 sh -c 'uname -a; cat /etc/os-release; ldd --version; ls -l /dev/dri /dev/nvidia* /etc/vulkan/icd.d /usr/share/vulkan/icd.d; nproc; free -m; command -v node python3 xz'

# A container often has NVIDIA's Vulkan driver, but neither the loader nor the file that names it.
ldconfig -p 2>/dev/null | grep -q libvulkan.so.1 || export LD_LIBRARY_PATH="${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$tree/vulkan"
if [ -z "${VK_ICD_FILENAMES:-}" ] && ! ls /etc/vulkan/icd.d/*.json /usr/share/vulkan/icd.d/*.json >/dev/null 2>&1; then
  for driver in libGLX_nvidia.so.0 libEGL_nvidia.so.0; do
    ldconfig -p | grep -q "$driver" || continue
    echo "{\"file_format_version\":\"1.0.0\",\"ICD\":{\"library_path\":\"$driver\",\"api_version\":\"1.3\"}}" >"$tree/icd.json"
    export VK_ICD_FILENAMES="$tree/icd.json"
    break
  done
fi

export ATELIER_STORAGE="$tree/storage"
ask doctor.json 90 "$node" "$tree/dist/cli.js" doctor --json
ask resume.json 60 "$node" "$tree/dist/measure.js" resume
for side in ${DAY_SIDES:-256 512 1024}; do
  for layout in NHWC NCHW; do
    ask "speed-$side-$layout-resident-whole.json" 30 "$node" "$tree/dist/measure.js" speed $side $layout resident whole
  done
  ask "speed-$side-NHWC-fed-whole.json" 30 "$node" "$tree/dist/measure.js" speed $side NHWC fed whole
  ask "speed-$side-NHWC-resident-bands.json" 30 "$node" "$tree/dist/measure.js" speed $side NHWC resident bands
done
for tf32 in 0 1; do
  ask "pytorch-tf32-$tf32.json" 40 env NVIDIA_TF32_OVERRIDE=$tf32 python3 bench/gpu/peer.py $tf32
done
for side in 1448 2048 2896 4096 5792 8192; do
  ask "grow-$side.json" 60 "$node" "$tree/dist/measure.js" grow $side || break
  grep -q '"error"' "$answers/grow-$side.json" && break
done
echo "done in $SECONDS s: $answers"
