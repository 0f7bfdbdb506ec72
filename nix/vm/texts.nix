# Texts of the virtual machine's /etc and units, from the facts; plain Nix, so that a test gives them to the programs
# that read them without a nixpkgs.
{ facts, systemctl ? "/run/current-system/sw/bin/systemctl" }:
let
  inherit (builtins) attrNames concatStringsSep filter head;
  inherit (facts) meta users;
  answer = yes: if yes then "yes" else "no";
in
rec {
  # Users of the table who may be root anyway.
  admins = filter (name: users.users.${name}.sudo) (attrNames users.users);

  # Behind what NixOS writes. The first value of a setting counts, so what cloud-init and `k` write for one machine comes
  # first. `k`'s seed opens root's login by key where the person at the host is root.
  sshdConfig = { passwordLogin ? false }: ''
    Include /etc/ssh/sshd_config.d/*.conf
    Include ${meta.vm.sshdRunFolder}/*.conf
    PermitRootLogin no
    PasswordAuthentication ${answer passwordLogin}
    KbdInteractiveAuthentication ${answer passwordLogin}
  '';

  # Nobody has sudo without a password but who is named. cloud-init's users are in the folder.
  sudoRules = concatStringsSep "" (map (name: "${name} ALL=(ALL:ALL) NOPASSWD: ALL\n") admins) + ''
    @includedir /etc/sudoers.d
  '';

  # Of /etc/cloud/cloud.cfg. A key that a cloud gives is that of the admin.
  cloudInit = {
    datasource_list = [ "NoCloud" "ConfigDrive" "Azure" "GCE" "Ec2" "OpenStack" "None" ];
    # A cloud's service is asked only where the machine's firmware says that it is that cloud. OpenStack's stands last: on
    # processors of Arm it is asked without that.
    datasource.Ec2.strict_id = true;
    system_info = {
      distro = "nixos";
      network.renderers = [ "networkd" ];
      default_user = {
        name = head admins;
        lock_passwd = true;
        inherit (users) shell;
      };
    };
    users = [ "default" ];
    disable_root = true;
    preserve_hostname = false;
    # sshd's keys are made once before it starts, by systemd or from user-data; to make them again later would have it
    # show one key now and another after a reboot.
    ssh_deletekeys = false;
    ssh_genkeytypes = [ "ed25519" ];
  };

  # One unit of this name: the one that `k` writes where an image has none stands behind it, and has the same options.
  workspaceMount = ''
    [Unit]
    Description=The host's working folder
    ConditionVirtualization=vm

    [Mount]
    What=${meta.vm.shareTag}
    Where=${meta.workspace}
    Type=9p
    Options=${meta.vm.shareOptions}
    TimeoutSec=60
  '';

  # A mount unit is not tried again by itself, and 9p may not be there yet when it is first asked for.
  workspaceRetry = ''
    [Unit]
    Description=Mounts the host's working folder, and tries again
    # Only where the host offers one.
    ConditionPathExistsGlob=/sys/bus/virtio/drivers/9pnet_virtio/virtio*/mount_tag
    StartLimitIntervalSec=300
    StartLimitBurst=6

    [Service]
    Type=oneshot
    RemainAfterExit=yes
    ExecStart=${systemctl} start workspace.mount
    Restart=on-failure
    RestartSec=2
  '';

  # POSIX sh, before systemd mounts anything: the folder without a share is the default user's, as in the container image.
  # One that is there is left alone, and so tmpfiles.d(5) is not for it: what is mounted is the host's own.
  workspaceFolder =
    let owner = users.users.${users.defaultUser}; in
    ''
      [ -e ${meta.workspace} ] || install -d -m 2775 -o ${toString owner.uid} -g ${toString owner.gid} ${meta.workspace}
    '';

  # POSIX sh, for each login: what cloud-init wrote for this machine. /etc/konductor/proxy.env is in systemd's form, so it is
  # read and not run: a `$` in a password is a `$`.
  login = ''
    if [ -r ${proxyFile} ]; then
        while IFS= read -r line; do
            name=''${line%%=*}
            value=''${line#*=}
            value=''${value#\"}
            case "$name" in
                *[!A-Za-z_]*) ;;
                *_proxy | *_PROXY) export "$name=''${value%\"}" ;;
            esac
        done < ${proxyFile}
        unset line name value
    fi
    for file in /etc/profile.d/*.sh; do
        # shellcheck source=/dev/null
        [ ! -r "$file" ] || . "$file"
    done
    unset file
  '';

  proxyFile = "/etc/konductor/proxy.env";

  # bash, at the end of what an interactive shell reads. Only a person at a terminal who came by ssh is led into the
  # development shell: scp, rsync, editors and `ssh HOST PROGRAM` are not. Where it cannot be entered, this shell goes on.
  enterShell = shell: ''
    if [[ -n ''${SSH_CONNECTION-} && -t 0 && -t 1 && -z ''${IN_NIX_SHELL-}''${KONDUCTOR_NO_SHELL-} ]] \
        && [[ ! -e ~/.config/konductor/no-shell ]] && shopt -q login_shell; then
        ${shell}
        konductor_code=$?
        # 75 (EX_TEMPFAIL) says that there was no shell to enter.
        [[ $konductor_code -eq 75 ]] || exit "$konductor_code"
        unset konductor_code
    fi
  '';
}
