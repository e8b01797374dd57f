/** The text of `--help`. */
export const HELP = `Virtual cluster console for Ant Ray

Usage: npm start -- [options]
       npm start -- sign-in-link [--name <who>] [--role <role>] [--clusters <pattern>]…
       npm start -- token create --name <name> [--role <role>] [--clusters <pattern>]… [--days <number>]
       npm start -- token list
       npm start -- token withdraw <name>

  --port <number>           Port to listen on (PORT; default 8600; 0: any that is free)
  --host <name or address>  Address to listen on (HOST; default 127.0.0.1)
  --ray-address <url>       The Ant Ray to manage, as http://host:8265, or https://gateway/ray-prod for one below a path
                            (RAY_ADDRESS; default: the bundled simulator)
  --ray-ca <file>           The authority (PEM) that signed the certificate of a Ray behind TLS
  --ray-dashboard-url <url> Where browsers reach Ray's dashboard: jobs and nodes link to it (default: no links)
  --read-only               Change nothing
  --data-dir <path>         Folder of the journal's file (default: virtual-cluster-console in XDG_DATA_HOME or
                            ~/.local/share; over the simulator the journal is in memory unless this is given)
  --keep-days <number>      How long the journal remembers a change (default 400)
  --usage-days <number>     How long usage over time is kept (default 400; 0: not at all)
  --usage-megabytes <number>
                            How much of it at most (default 300)
  --allowed-host <name>     A host name by which browsers reach the console, with its port unless that is the console's
                            own or the usual one (repeat for more)
  --base-path <path>        Path below which the console lives, as /vc/ (default /)
  --tls-cert <file>         Certificate (PEM), and
  --tls-key <file>          its key: serve TLS (both are read again at SIGHUP)
  --sign-in <way>           link: by a sign-in link that is printed · proxy: by a proxy that signs people in · none: nobody is
                            asked, and only this machine is listened to (default: proxy with --trusted-proxy, else link;
                            none over the simulator on this machine)
  --no-sign-in              The same as --sign-in none
  --idle-hours <number>     How long a session lasts when nothing is done in it (default 8)
  --session-hours <number>  How long a session lasts at most (default 24)
  --trusted-proxy <address> Address, or range as 10.0.0.0/8, of the proxy before the console (repeat for more)
  --user-header <name>      Header in which that proxy names the person (default X-Forwarded-User)
  --groups-header <name>    Header in which it names their groups (default X-Forwarded-Groups)
  --viewer-group <group>    Only who is in this group, or is an operator, may look (repeat for more)
  --operator-group <group>  Who is in this group may change virtual clusters: all, or as group=team-a-*,team-b those so
                            named (repeat for more)
  --log-level <level>       How much is logged to stderr, as JSON lines: debug, info (default), warn, error, silent
  --metrics-port <number>   Port of /metrics for Prometheus (default: none)
  --metrics-host <name or address>
                            Address to listen on for it (default: that of the console)
  --no-cluster-metrics      Leave each virtual cluster's own numbers out of /metrics
  --seed <number>           Seed of the simulated fleet (default 1)
  --scenario <name>         Story of the simulated fleet
  --help                    Show this
  --version                 Show the console's version

A Ray that asks for a token gets the one in RAY_AUTH_TOKEN, in the file RAY_AUTH_TOKEN_PATH, or in ~/.ray/auth_token.
A token of the console's own, for scripts, is made by "token create", with the --ray-address and --data-dir of the console.
Roles: viewer, operator (default). Patterns: * stands for anything.
`;
