#!/usr/bin/env bash
#
# build-test-image.sh - build a bootable Debian qcow2 that stands in for the
# NixOS image of `nix build .#qcow2` (result/nixos.qcow2) in tests that drive a
# real QEMU VM.
#
#   build-test-image.sh [options] OUTPUT.qcow2
#
#   --force         rebuild even when OUTPUT.qcow2 is up to date
#   --check         build nothing: exit 0 when up to date, 1 when not
#   --no-install    never apt-get install missing host tools, name them instead
#   --size SIZE     virtual disk size, default 4G (sparse; costs nothing on disk)
#   --keep-work     leave the work directory behind and print its path
#   -h, --help      this text
#
# Beside OUTPUT.qcow2 it writes
#   OUTPUT.qcow2.key       what it was built from (the cache key)
#   OUTPUT.qcow2.vmlinuz   the guest kernel   \ for boots with -kernel/-initrd,
#   OUTPUT.qcow2.initrd    the guest initrd   / which skip firmware and loader
#   OUTPUT.qcow2.lock      empty; two builds of one image take turns
#
# To boot it as konductor does (use accel=tcg and -cpu max where KVM is not
# usable; give each run its own overlay, the image itself stays as built):
#   qemu-img create -f qcow2 -F qcow2 -b OUTPUT.qcow2 run.qcow2
#   qemu-system-x86_64 -machine q35,accel=kvm -cpu host -m 2048 -smp 2 \
#     -drive file=run.qcow2,if=virtio,format=qcow2 \
#     -drive file=seed.iso,media=cdrom,format=raw,readonly=on \
#     -netdev user,id=net0,hostfwd=tcp:127.0.0.1:2222-:22 \
#     -device virtio-net-pci,netdev=net0 -device virtio-rng-pci \
#     -virtfs local,path=.,mount_tag=host,security_model=mapped-xattr \
#     -display none -serial file:serial.log -daemonize -pidfile vm.pid
#
# Needs: root, Debian, and an apt mirror that `apt-get update` can reach. The
# mirror is read from the machine's own apt configuration at run time; none is
# named here, and none is left inside the image.
#
# Nothing is loop-mounted, no kernel module is loaded and no VM is started:
# the file systems are written with `mke2fs -d` and mtools straight into the
# disk file, so this also works in a plain container.
#
# The image, and where it follows src/qcow2/default.nix of konductor
#   disk      GPT: 1 = ESP (FAT, label ESP), 2 = root (ext4, label nixos), as
#             the nixos-generators format qcow-efi lays it out
#   boot      UEFI through /EFI/BOOT/BOOTX64.EFI (the removable path, so empty
#             OVMF variables are fine). Unlike the NixOS image it also boots
#             under plain SeaBIOS (syslinux), since tests need both ways
#   kernel    Debian's full linux-image-amd64: the -cloud- flavour has no 9p.
#             Only the modules a QEMU guest needs are kept
#   cloud-init  datasources NoCloud and None; the module lists NixOS uses, in
#             its order (write-files before users-groups; ssh only in the
#             config stage, with sshd-keygen.service run before sshd)
#   users     kc2admin (1001, wheel), kc2 (1002), runner (1003), as
#             nix/lib/users.nix has them; uid 1000 free
#   groups    wheel docker libvirtd kvm
#   paths     /run/current-system/sw/bin/... exists (a link to /usr), so the
#             shells, sudo rules and runcmd lines of konductor's user-data work
#   services  sshd, qemu-guest-agent, workspace-mount (9p tag `host` on
#             /workspace); docker and libvirtd are stubs that only record that
#             they were started, and `nix` is a stub that logs its arguments to
#             /var/log/nix-stub.log
#
set -euo pipefail
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
# Of another user's PATH, where su or CI left it: mke2fs, sfdisk and depmod are there.
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
umask 022

readonly ME="${0##*/}"
START=$SECONDS
say()  { printf '[%4ds] %s\n' "$((SECONDS - START))" "$*" >&2; }
die()  {
         printf '%s: error: %s\n' "$ME" "$1" >&2
                                                  shift
                                                         for l in "$@"; do printf '  %s\n' "$l" >&2; done
                                                                                                           exit 1
}
usage() { sed -n '/^#   build-test-image/,/^# Needs/{/^# Needs/d;s/^# \{0,1\}//;p}' "$0"; }

# ----------------------------------------------------------------- arguments
FORCE=0 CHECK=0 INSTALL=1 KEEP=0 SIZE=4G OUT=
while [[ $# -gt 0 ]]; do
    case "$1" in
        --force) FORCE=1 ;;
        --check) CHECK=1 ;;
        --no-install) INSTALL=0 ;;
        --keep-work) KEEP=1 ;;
        --size)
            [[ $# -ge 2 ]] || die "--size needs a value, such as 4G"
                                                                      SIZE=$2
                                                                               shift
                                                                                     ;;
        --size=*) SIZE=${1#*=} ;;
        -h | --help)
               usage
                      exit 0
                             ;;
        -*) die "unknown option: $1" "Run '$ME --help' for the options." ;;
        *)
            [[ -z "$OUT" ]] || die "only one output path, please: '$OUT' or '$1'?"
                                                                               OUT=$1
                                                                                      ;;
    esac
    shift
done
[[ -n "$OUT" ]] || {
                     usage >&2
                                exit 2
}
case "$OUT" in *.qcow2) ;; *) die "the output path must end in .qcow2: $OUT" ;; esac
[[ "$SIZE" =~ ^[0-9]+[GM]$ ]] || die "--size takes a whole number and G or M, such as 4G: $SIZE"
SIZE_MIB=${SIZE%[GM]}
[[ "$SIZE" != *G ]] || SIZE_MIB=$((SIZE_MIB * 1024))
[[ "$SIZE_MIB" -ge 1536 ]] || die "--size $SIZE is too small: the system needs 1536M or more"

# --------------------------------------------------------------------- cache
# The key covers this whole file and every option that changes the result. It
# does not cover the mirror's package versions: an image that works stays valid
# until the recipe changes (use --force for newer packages).
cache_key() { {
                cat -- "${BASH_SOURCE[0]}"
                                            printf '%s\n' "size=$SIZE_MIB" "arch=$(uname -m)"
}                                                                                                | sha256sum | cut -d' ' -f1; }
KEY=$(cache_key)
fresh() {
    [[ -s "$OUT" ]] && [[ -s "$OUT.vmlinuz" ]] && [[ -s "$OUT.initrd" ]] \
                                                                       && [[ "$(cat -- "$OUT.key" 2> /dev/null)" = "$KEY" ]]
}
if [[ "$FORCE" = 0 ]] && fresh; then
                                     say "up to date: $OUT"
                                                             exit 0
fi
[[ "$CHECK" = 0 ]] || {
                        say "not up to date: $OUT"
                                                    exit 1
}

# ----------------------------------------------------------------- preflight
[[ "$(id -u)" = 0 ]] || die "must run as root (it makes a root file system with foreign owners)" "Try: sudo $ME $OUT"
[[ "$(uname -m)" = x86_64 ]] || die "builds x86_64 images only, and this machine is $(uname -m)"
[[ -r /etc/os-release ]] || die "no /etc/os-release: is this Debian?"
SUITE=$(
        . /etc/os-release
                           [[ "${ID:-}" = debian ]] && printf %s "${VERSION_CODENAME:-}"
)                                                                                         || true
[[ -n "$SUITE" ]] || die "this is not a Debian release (see /etc/os-release)" \
    "The image is made from this machine's own apt sources, so they must be Debian's."

# tool:package pairs; tool is looked up on PATH, or is a file when it has a slash
TOOLS=(
    mmdebstrap:mmdebstrap qemu-img:qemu-utils mke2fs:e2fsprogs sfdisk:fdisk
    mkfs.vfat:dosfstools mcopy:mtools syslinux:syslinux depmod:kmod cpio:cpio
    zstd:zstd /usr/lib/syslinux/mbr/gptmbr.bin:syslinux-common
    /usr/lib/systemd/boot/efi/systemd-bootx64.efi:systemd-boot-efi
)
missing=()
for t in "${TOOLS[@]}"; do
    tool=${t%%:*}
    case "$tool" in /*) [[ -e "$tool" ]] ;; *) command -v "$tool" > /dev/null ;; esac || missing+=("${t#*:}")
done
say "apt-get update"
for try in 1 2 3 4 5 6; do
    apt-get -qq update >&2 && break
    # most often another apt holds the lock; it takes no timeout for the lists
    [[ "$try" -lt 6 ]] || die "apt-get update failed: the mirror cannot be reached, or another apt runs on"
    say "apt-get update failed; again in 10 s"
                                              sleep 10
done
if [[ ${#missing[@]} -gt 0 ]]; then
    [[ "$INSTALL" = 1 ]] || die "missing on this machine: ${missing[*]}" \
        "Install them: apt-get install -y --no-install-recommends ${missing[*]}"
    say "installing ${missing[*]}"
    apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}" > /dev/null \
                                                                                                       || die "apt-get could not install: ${missing[*]}"
fi

OUTDIR=$(dirname -- "$OUT")
mkdir -p -- "$OUTDIR"
OUT="$(cd -- "$OUTDIR" && pwd)/$(basename -- "$OUT")"
free_kib=$(df --output=avail -k -- "$(dirname -- "$OUT")" | tail -1)
[[ "$free_kib" -gt $((2 * 1024 * 1024)) ]] \
                                           || die "less than 2 GiB free beside $OUT" "The build needs about 1.2 GiB for a few minutes, the image about 200 MiB."

# Two builds of one image: the second waits, then finds it up to date.
exec 9> "$OUT.lock"
if ! flock -n 9; then
    say "another build of $OUT is running; waiting for it"
    flock -w 900 9 || die "gave up after 15 minutes waiting for the other build of $OUT"
    if [[ "$FORCE" = 0 ]] && fresh; then
                                       say "up to date: $OUT"
                                                               exit 0
    fi
fi

WORK=$(mktemp -d -- "$OUT.work.XXXXXX")
BGPID=
cleanup() {
    rc=$?
    trap - EXIT INT TERM
    [[ -z "$BGPID" ]] || kill "$BGPID" 2> /dev/null || true
    if [[ "$KEEP" = 1 ]]; then say "work directory kept: $WORK"; else rm -rf --one-file-system -- "$WORK"; fi
    exit "$rc" # OUT.lock stays: removing it would let a third build in beside a waiting one
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
ROOT=$WORK/root
KERN=$WORK/kernel

# ---------------------------------------------------- 1. kernel (in parallel)
# The package is unpacked, not installed: that skips its 400 MB of modules and a
# generic initramfs, and the guest needs neither. So is busybox-static, for the
# initrd: installing it would remove a dynamic busybox from this machine.
build_kernel() {
    local pkg ver want m
    mkdir -p "$KERN/deb"
    pkg=$(apt-cache depends --no-recommends linux-image-amd64 | awk '/Depends: linux-image-/{print $2; exit}')
    [[ -n "$pkg" ]] || die "apt knows no linux-image-amd64 kernel"
    (cd "$KERN/deb" && apt-get -qq -o APT::Sandbox::User=root download "$pkg" busybox-static > /dev/null) \
                                                                                                       || die "could not download $pkg and busybox-static"
    dpkg-deb -x "$KERN"/deb/linux-image-*.deb "$KERN/full"
    dpkg-deb -x "$KERN"/deb/busybox-static_*.deb "$KERN/busybox"
    [[ -d "$KERN/full/lib/modules" ]] && mkdir -p "$KERN/full/usr/lib" && mv "$KERN/full/lib/modules" "$KERN/full/usr/lib/modules"
    mkdir -p "$KERN/full/lib" && ln -s ../usr/lib/modules "$KERN/full/lib/modules"
    ver=$(basename "$KERN"/full/usr/lib/modules/*)
    printf '%s\n' "$ver" > "$KERN/version"
    depmod -b "$KERN/full" "$ver"

    # Everything the guest may load, with what each of them depends on.
    want=(
        virtio_blk virtio_scsi virtio_net virtio_pci virtio_console virtio_balloon
        virtio_rng virtio_mmio virtio_input virtio_mem
        9p 9pnet_virtio virtiofs fuse overlay ext4 vfat isofs squashfs autofs4
        nls_ascii nls_cp437 nls_utf8 nls_iso8859-1
        ahci ata_piix sr_mod sd_mod cdrom loop      # -drive media=cdrom on q35
        button evdev psmouse atkbd                  # ACPI power button -> logind
        efivarfs efi_pstore qemu_fw_cfg vmw_vsock_virtio_transport vsock_loopback
        crc32c_intel crc32c_generic crct10dif_pclmul
        af_packet dummy veth bridge tun binfmt_misc configfs
        ip_tables iptable_nat nf_tables nft_compat xt_MASQUERADE
    )
    for m in "${want[@]}"; do
        # builtin modules print 'builtin NAME'; unknown ones are simply not there
        modprobe -S "$ver" -d "$KERN/full" --show-depends "$m" 2> /dev/null | awk '/^insmod /{print $2}'
    done | sed "s#^$KERN/full##; s#^/usr/lib/#/lib/#" | sort -u > "$KERN/modules.list"
    grep -q '/9pnet_virtio\.ko' "$KERN/modules.list" || die "kernel $ver has no 9p over virtio"
    grep -q '/virtio_blk\.ko' "$KERN/modules.list" || die "kernel $ver has no virtio_blk module"

    local tree=$KERN/tree/usr/lib/modules/$ver
    mkdir -p "$tree"
    while read -r m; do install -D -m644 "$KERN/full$m" "$KERN/tree/usr$m"; done < "$KERN/modules.list"
    cp "$KERN/full/usr/lib/modules/$ver"/modules.{order,builtin,builtin.modinfo} "$tree/"
    ln -s usr/lib "$KERN/tree/lib"
    depmod -b "$KERN/tree" "$ver"
    rm "$KERN/tree/lib"

    # A small initrd of our own: busybox, the few modules to reach the root disk,
    # and a script. The generic one is ten times as large and slower to run.
    local ird=$KERN/initrd-root
    mkdir -p "$ird"/{bin,dev,proc,sys,newroot,modules}
    cp "$(find "$KERN/busybox" -type f -name busybox -perm -100)" "$ird/bin/busybox"
    for m in virtio_pci virtio_mmio virtio_blk virtio_scsi sd_mod ext4 crc32c_generic; do
        modprobe -S "$ver" -d "$KERN/full" --show-depends "$m" 2> /dev/null | awk '/^insmod /{print $2}'
    done | awk '!seen[$0]++' | while read -r m; do
        cp "$m" "$ird/modules/" && basename "$m" >> "$ird/modules/order"
    done
    cat > "$ird/init" << 'INIT'
#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin
mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
while read -r m; do insmod "/modules/$m" 2>/dev/null; done </modules/order
root=LABEL=nixos init=/sbin/init flags=rw
for a in $(cat /proc/cmdline); do
  case "$a" in root=*) root=${a#root=} ;; init=*) init=${a#init=} ;; ro|rw) flags=$a ;; esac
done
n=0
while :; do
  case "$root" in
    LABEL=*|UUID=*) dev=$(findfs "$root" 2>/dev/null) ;;
    *) [ -b "$root" ] && dev=$root ;;
  esac
  [ -n "$dev" ] && break
  n=$((n + 1))
  [ "$n" -lt 100 ] || { echo "initrd: no root device for $root; have:"; cat /proc/partitions; exec sh; }
  usleep 100000
done
mount -t ext4 -o "$flags,noatime" "$dev" /newroot || { echo "initrd: cannot mount $dev"; exec sh; }
mount --move /dev /newroot/dev
mount --move /proc /newroot/proc
mount --move /sys /newroot/sys
exec switch_root /newroot "$init"
INIT
    chmod 755 "$ird/init"
    (cd "$ird" && find . -print0 | sort -z | cpio --quiet -0 -o -H newc -R 0:0 | zstd -q -19 > "$KERN/initrd")
    cp "$KERN/full/boot/vmlinuz-$ver" "$KERN/vmlinuz"
}
say "kernel: download, pick modules, make the initrd (in the background)"
( build_kernel ) > "$WORK/kernel.log" 2>&1 &
BGPID=$!

# -------------------------------------------------------------- 2. root files
# The sources come from apt's own resolved configuration, which covers both the
# one-line and the deb822 format; so do proxies and the like.
# shellcheck disable=SC2016 # apt expands that itself
apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' \
                                                                                               | awk -v s="$SUITE" '$3 == s || $3 == s "-updates" || $3 == s "-security"' | sort -u > "$WORK/sources.list"
grep -q " $SUITE main" "$WORK/sources.list" \
                                            || die "apt has no '$SUITE main' source" "Check /etc/apt/sources.list and /etc/apt/sources.list.d."
APTOPTS=(--aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"')
if apt-config dump | grep -E '^Acquire::(https?::|Check-|Retries|ForceIPv)' > "$WORK/apt.conf"; then
    APTOPTS+=(--aptopt="$WORK/apt.conf")
fi

PACKAGES=(
    systemd-sysv systemd dbus udev kmod libpam-systemd
    cloud-init openssh-server sudo qemu-guest-agent
    iproute2 iputils-ping procps less rsync libnss-myhostname
)

say "root file system: mmdebstrap $SUITE"
if ! mmdebstrap --mode=root --variant=minbase --format=directory \
    --include="$(
                 IFS=,
                        printf %s "${PACKAGES[*]}"
    )" \
    "${APTOPTS[@]}" --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/i18n/*' \
    "$SUITE" "$ROOT" "$WORK/sources.list" > "$WORK/mmdebstrap.log" 2>&1; then
    tail -n 25 "$WORK/mmdebstrap.log" >&2
    die "mmdebstrap failed (its last lines are above)"
fi

say "waiting for the kernel"
if ! wait "$BGPID"; then
                         cat "$WORK/kernel.log" >&2
                                                     BGPID=
                                                             die "the kernel step failed (its messages are above)"
fi
BGPID=
KVER=$(cat "$KERN/version")

# ------------------------------------------------------------ 3. guest set-up
say "guest configuration (kernel $KVER)"
cp -a "$KERN/tree/usr/lib/modules" "$ROOT/usr/lib/"
install -D -m644 "$KERN/vmlinuz" "$ROOT/boot/vmlinuz"

put() { # put PATH [MODE] < content
    mkdir -p "$ROOT$(dirname "$1")" && cat > "$ROOT$1" && chmod "${2:-644}" "$ROOT$1"
}

# No trace of this machine: no mirror, no keys, no ids, no resolver.
rm -rf "$ROOT"/etc/apt/sources.list "$ROOT"/etc/apt/sources.list.d/* \
       "$ROOT"/etc/apt/apt.conf.d/99mmdebstrap "$ROOT"/etc/apt/auth.conf.d/* \
       "$ROOT"/var/lib/apt/lists/* "$ROOT"/var/cache/apt/* "$ROOT"/var/log/* \
       "$ROOT"/etc/ssh/ssh_host_* "$ROOT"/var/lib/dbus/machine-id "$ROOT"/etc/resolv.conf
: > "$ROOT/etc/machine-id"     # empty: systemd makes one and keeps it
printf 'nixos\n' > "$ROOT/etc/hostname"
put /etc/hosts << 'E'
127.0.0.1 localhost
::1       localhost
E
put /etc/fstab << 'E'
LABEL=nixos /     ext4 noatime,nodiratime,discard,commit=60 0 0
LABEL=ESP   /boot/efi vfat umask=0077,noauto,nofail 0 0
E
mkdir -p "$ROOT/boot/efi"

# network: what default.nix asks systemd-networkd for
put /etc/systemd/network/10-ethernet.network << 'E'
[Match]
Type=ether
[Network]
DHCP=yes
[DHCPv4]
UseDNS=no
E
printf 'nameserver 10.0.2.3\n' > "$ROOT/etc/resolv.conf"  # QEMU user networking

# groups and users of the image, with the ids and groups of nix/lib/users.nix
chroot "$ROOT" /bin/sh -eu << 'E'
getent group kvm >/dev/null || groupadd -r kvm
for g in wheel docker libvirtd; do groupadd -r "$g"; done
for u in kc2admin:1001:wheel,docker,libvirtd,kvm kc2:1002: runner:1003:kvm; do
  name=${u%%:*} rest=${u#*:}
  groupadd -g "${rest%%:*}" "$name"
  useradd -m -s /bin/bash -u "${rest%%:*}" -g "${rest%%:*}" -G "${rest#*:}" "$name"
done
systemctl -q enable systemd-networkd ssh
# Not needed in a throw-away guest, and each costs time under emulation.
systemctl -q mask systemd-networkd-wait-online.service systemd-timesyncd.service \
  systemd-pstore.service e2scrub_reap.service getty@tty1.service \
  apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer \
  systemd-binfmt.service proc-sys-fs-binfmt_misc.automount dev-hugepages.mount \
  sys-kernel-debug.mount sys-kernel-tracing.mount modprobe@drm.service modprobe@dm_mod.service \
  modprobe@loop.service modprobe@configfs.service modprobe@efi_pstore.service \
  systemd-update-utmp.service systemd-update-utmp-runlevel.service systemd-network-generator.service \
  systemd-ask-password-wall.path systemd-ask-password-console.path
E
put /etc/sudoers.d/wheel 440 << 'E'
%wheel ALL=(ALL:ALL) NOPASSWD: ALL
E

# NixOS paths: /run/current-system/sw/bin/X is /usr/bin/X
put /etc/tmpfiles.d/nixos-paths.conf << 'E'
d /run/current-system 0755 root root -
L+ /run/current-system/sw - - - - /usr
E
printf '/run/current-system/sw/bin/bash\n' >> "$ROOT/etc/shells"

# stubs for what the real image has and the tests only need to see used
put /usr/bin/nix 755 << 'E'
#!/bin/sh
# Stand-in for nix: records how it was called.
printf '%s\n' "$*" >>/var/log/nix-stub.log
case "$1" in --version) echo 'nix (stub) 0.0.0' ;; esac
exit 0
E
put /usr/bin/nix-collect-garbage 755 << 'E'
#!/bin/sh
echo "0 store paths deleted, 0.00 MiB freed (stub: $*)"
E
for s in docker libvirtd; do
    put "/etc/systemd/system/$s.service" << E
[Unit]
Description=Stand-in for $s (records that it was started)
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/true
E
done

# ssh: as services.openssh there; host keys made before sshd when missing
put /etc/ssh/sshd_config.d/10-konductor.conf << 'E'
PermitRootLogin yes
PasswordAuthentication yes
UseDNS no
E
put /etc/systemd/system/sshd-keygen.service << 'E'
[Unit]
Description=Make the SSH host key when there is none
ConditionPathExists=!/etc/ssh/ssh_host_ed25519_key
[Service]
Type=oneshot
ExecStart=/usr/bin/ssh-keygen -q -t ed25519 -N "" -f /etc/ssh/ssh_host_ed25519_key
E
put /etc/systemd/system/ssh.service.d/keygen.conf << 'E'
[Unit]
Wants=sshd-keygen.service
After=sshd-keygen.service
E

# The agent blocks for good when the host side of its channel goes away in the
# middle of an answer; a shutdown must not wait 90 s for that.
put /etc/systemd/system/qemu-guest-agent.service.d/stop.conf << 'E'
[Service]
TimeoutStopSec=3
E

# 9p workspace: the unit of default.nix
put /usr/local/sbin/mount-workspace 755 << 'E'
#!/bin/sh
mkdir -p /workspace
for i in 1 2 3 4 5; do
  mountpoint -q /workspace && { echo "Workspace already mounted"; exit 0; }
  mount -t 9p -o trans=virtio host /workspace 2>/dev/null && { echo "Workspace mounted successfully"; exit 0; }
  # no such device at all: do not wait for one (the NixOS unit does, 10 s)
  grep -qx host /sys/bus/virtio/drivers/9pnet_virtio/virtio*/mount_tag 2>/dev/null || break
  sleep 2
done
echo "No 9p virtfs device available (VM started without -virtfs)"
E
put /etc/systemd/system/workspace-mount.service << 'E'
[Unit]
Description=Mount 9p workspace from host
After=local-fs.target systemd-modules-load.service
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/mount-workspace
[Install]
WantedBy=multi-user.target
E
printf '9pnet_virtio\n9p\n' | put /etc/modules-load.d/9p.conf
chroot "$ROOT" systemctl -q enable workspace-mount.service

# cloud-init: services.cloud-init of NixOS, word for word where it matters.
# (Debian's 05_logging.cfg stays: without it every debug line goes to the
# console, which an emulated serial port is slow to print.)
find "$ROOT/etc/cloud/cloud.cfg.d" -type f ! -name 05_logging.cfg -delete
put /etc/cloud/cloud.cfg << 'E'
datasource_list: [NoCloud, None]
datasource: {NoCloud: {fs_label: cidata}}
users: [root]
disable_root: false
preserve_hostname: false
network: {config: disabled}
# NixOS leaves the types to cloud-init; one is enough and quick to make
ssh_genkeytypes: [ed25519]
system_info:
  distro: debian
  paths: {cloud_dir: /var/lib/cloud/, templates_dir: /etc/cloud/templates/}
  ssh_svcname: ssh
cloud_init_modules: [migrator, seed_random, bootcmd, write-files, update_hostname, ca-certs, users-groups]
cloud_config_modules: [disk_setup, mounts, ssh-import-id, set-passwords, timezone, runcmd, ssh]
cloud_final_modules: [scripts-vendor, scripts-per-once, scripts-per-boot, scripts-per-instance, scripts-user, ssh-authkey-fingerprints, keys-to-console, phone-home, final-message, power-state-change]
E
# NixOS has no cloud-init generator either: its units are always wanted. That
# also skips ds-identify, a long shell script, at every boot.
rm -f "$ROOT"/usr/lib/systemd/system-generators/cloud-init-generator
chroot "$ROOT" systemctl -q add-wants multi-user.target cloud-init.target
chroot "$ROOT" systemctl -q mask cloud-init-hotplugd.socket

# journal in memory: fewer writes to the disk of a machine that is thrown away
put /etc/systemd/journald.conf.d/volatile.conf << 'E'
[Journal]
Storage=volatile
RuntimeMaxUse=16M
E

# python starts faster with its byte code there; dpkg made most of it already
chroot "$ROOT" python3 -m compileall -q /usr/lib/python3 /usr/lib/python3.* > /dev/null 2>&1 || true

if grep -rIlF -f <(awk '{print $2}' "$WORK/sources.list" | sed 's#^[a-z]*://##; s#/.*##' | sort -u) \
     "$ROOT/etc/apt" 2> /dev/null | grep -q .; then
    die "the apt mirror's name would be left inside the image's /etc/apt"
fi

# ------------------------------------------------------------------- 4. disk
say "disk image"
RAW=$WORK/disk.raw
ESP_MIB=64
truncate -s "${SIZE_MIB}M" "$RAW"
# ESP at 8 MiB as make-disk-image.nix has it. LegacyBIOSBootable is what
# gptmbr.bin looks for under BIOS.
sfdisk -q "$RAW" << E
label: gpt
start=8MiB, size=${ESP_MIB}MiB, type=U, name=ESP, attrs=LegacyBIOSBootable
start=$((8 + ESP_MIB))MiB, type=L, name=primary
E
ROOT_OFF=$(((8 + ESP_MIB) * 1024 * 1024))
ROOT_KIB=$(((SIZE_MIB - 8 - ESP_MIB - 1) * 1024))
mke2fs -q -F -t ext4 -L nixos -m 0 -E "offset=$ROOT_OFF,lazy_itable_init=1,lazy_journal_init=1" \
    -J size=16 -d "$ROOT" "$RAW" "${ROOT_KIB}k" || die "mke2fs failed"

ESP=$WORK/esp.img
# norandmaps and mitigations=off nearly halve the boot under emulation (TCG):
# with one address per program its translated code is found again by the next
# process, and retpolines defeat the block cache.
CMDLINE="root=LABEL=nixos rw console=ttyS0 net.ifnames=0 random.trust_cpu=on cryptomgr.notests norandmaps mitigations=off"
truncate -s "${ESP_MIB}M" "$ESP"
mkfs.vfat -F 32 -n ESP "$ESP" > /dev/null
export MTOOLS_SKIP_CHECK=1
mmd -i "$ESP" ::/EFI ::/EFI/BOOT ::/loader ::/loader/entries
mcopy -i "$ESP" "$KERN/vmlinuz" ::/vmlinuz
mcopy -i "$ESP" "$KERN/initrd" ::/initrd.img
mcopy -i "$ESP" /usr/lib/systemd/boot/efi/systemd-bootx64.efi ::/EFI/BOOT/BOOTX64.EFI
printf 'timeout 0\ndefault nixos.conf\neditor no\n' | mcopy -i "$ESP" - ::/loader/loader.conf
printf 'title NixOS stand-in\nlinux /vmlinuz\ninitrd /initrd.img\noptions %s\n' "$CMDLINE" \
                                                                                           | mcopy -i "$ESP" - ::/loader/entries/nixos.conf
printf 'SERIAL 0 115200\nDEFAULT nixos\nPROMPT 0\nTIMEOUT 1\nLABEL nixos\n  LINUX /vmlinuz\n  INITRD /initrd.img\n  APPEND %s\n' "$CMDLINE" \
                                                                                                                                            | mcopy -i "$ESP" - ::/syslinux.cfg
syslinux --install "$ESP"
dd if="$ESP" of="$RAW" bs=1M seek=8 conv=notrunc,sparse status=none
dd if=/usr/lib/syslinux/mbr/gptmbr.bin of="$RAW" bs=440 count=1 conv=notrunc status=none

say "qcow2"
qemu-img convert -q -f raw -O qcow2 -c -o compression_type=zstd -m 4 -W "$RAW" "$WORK/out.qcow2"
cp "$KERN/vmlinuz" "$OUT.vmlinuz"
cp "$KERN/initrd" "$OUT.initrd"
rm -f -- "$OUT.key"
mv -f -- "$WORK/out.qcow2" "$OUT"
printf '%s\n' "$KEY" > "$OUT.key"
say "done: $OUT ($(du -h -- "$OUT" | cut -f1), kernel $KVER)"
