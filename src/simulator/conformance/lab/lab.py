"""A real Ant Ray of several nodes on this machine, and a small HTTP server to change its fleet.

    python lab.py --dashboard-port 8265 --control-port 8266 [--nodes 4c8g=3,8c16g=3]

The control server listens on 127.0.0.1 only:

    GET    /nodes        {"nodes": [{"nodeId", "templateId"}]}   the nodes it started and has not killed
    POST   /nodes        {"templateId", "count"} -> {"nodeIds"}  about 5 s a node
    DELETE /nodes/{id}   kills the raylet without a goodbye
    POST   /restart      stops all of Ray and starts it anew at the same port, with as many nodes: about a minute
    GET    /ready        200 once every node asked for is up

Stops, and stops all of Ray with it, on SIGTERM or SIGINT.
"""

import argparse
import json
import os
import queue
import re
import signal
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
os.environ.setdefault("RAY_DEDUP_LOGS", "0")

from ray.cluster_utils import Cluster  # noqa: E402

OBJECT_STORE_BYTES = 80 * 1024 * 1024
DEFAULT_CPUS = 2


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpus_of(template_id):
    """`4c8g` has 4; a template without a number of CPUs in its name has a few."""
    found = re.match(r"^(\d+)c\d+g", template_id)
    return int(found.group(1)) if found else DEFAULT_CPUS


class Lab:
    """Owns the Cluster. Only the main thread calls it: Ray starts nodes nowhere else."""

    def __init__(self, dashboard_port):
        self._dashboard_port = dashboard_port
        self._start()

    def _start(self):
        self._nodes = {}
        self.cluster = Cluster(
            initialize_head=True,
            head_node_args={
                "include_dashboard": True,
                "dashboard_host": "127.0.0.1",
                "dashboard_port": self._dashboard_port,
                "num_cpus": 0,
                "env_vars": {"RAY_NODE_TYPE_NAME": "head"},
                "object_store_memory": OBJECT_STORE_BYTES,
                # A port of its own for every node, or submitting a job hangs.
                "dashboard_agent_listen_port": free_port(),
                "_system_config": {
                    "gcs_actor_scheduling_enabled": False,
                    "node_instances_replenish_interval_ms": 5000,
                },
            },
        )

    def add(self, template_id, count):
        node_ids = []
        for _ in range(count):
            node = self.cluster.add_node(
                num_cpus=cpus_of(template_id),
                env_vars={"RAY_NODE_TYPE_NAME": template_id},
                object_store_memory=OBJECT_STORE_BYTES,
                dashboard_agent_listen_port=free_port(),
                include_dashboard=False,
            )
            self._nodes[node.node_id] = (template_id, node)
            node_ids.append(node.node_id)
        return node_ids

    def kill(self, node_id):
        template_id, node = self._nodes.pop(node_id)
        self.cluster.remove_node(node, allow_graceful=False)
        return template_id

    def nodes(self):
        return [
            {"nodeId": node_id, "templateId": template_id}
            for node_id, (template_id, _) in self._nodes.items()
        ]

    def restart(self):
        template_ids = [template_id for template_id, _ in self._nodes.values()]
        self.cluster.shutdown()
        self._start()
        for template_id in template_ids:
            self.add(template_id, 1)
        return self.nodes()

    def shutdown(self):
        self.cluster.shutdown()


class MainThread:
    """Hands calls from the server's threads to the main thread and waits for what they return."""

    def __init__(self):
        self._calls = queue.Queue()

    def call(self, function, *arguments):
        answer = queue.Queue()
        self._calls.put((function, arguments, answer))
        value, error = answer.get()
        if error is not None:
            raise error
        return value

    def work(self):
        while True:
            function, arguments, answer = self._calls.get()
            try:
                answer.put((function(*arguments), None))
            except Exception as error:  # the server's thread raises it
                answer.put((None, error))


def handler_for(lab, main_thread, ready):
    class Handler(BaseHTTPRequestHandler):
        def reply(self, status, value):
            text = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def do_GET(self):
            if self.path == "/ready":
                self.reply(200 if ready.is_set() else 503, {"ready": ready.is_set()})
            elif self.path == "/nodes":
                self.reply(200, {"nodes": main_thread.call(lab.nodes)})
            else:
                self.reply(404, {"error": "no such path"})

        def do_POST(self):
            if self.path == "/restart":
                self.reply(200, {"nodes": main_thread.call(lab.restart)})
                return
            if self.path != "/nodes":
                self.reply(404, {"error": "no such path"})
                return
            length = int(self.headers.get("Content-Length", "0"))
            asked = json.loads(self.rfile.read(length))
            node_ids = main_thread.call(lab.add, asked["templateId"], int(asked["count"]))
            self.reply(200, {"nodeIds": node_ids})

        def do_DELETE(self):
            node_id = self.path.removeprefix("/nodes/")
            try:
                self.reply(200, {"templateId": main_thread.call(lab.kill, node_id)})
            except KeyError:
                self.reply(404, {"error": "no such node"})

        def log_message(self, *_):
            pass

    return Handler


def parse_nodes(text):
    pairs = [part.split("=") for part in text.split(",") if part]
    return [(template_id, int(count)) for template_id, count in pairs]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--dashboard-port", type=int, required=True)
    arguments.add_argument("--control-port", type=int, required=True)
    arguments.add_argument("--nodes", default="")
    options = arguments.parse_args()

    def stop(*_):
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)

    lab = Lab(options.dashboard_port)
    try:
        ready = threading.Event()
        main_thread = MainThread()
        server = ThreadingHTTPServer(
            ("127.0.0.1", options.control_port), handler_for(lab, main_thread, ready)
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for template_id, count in parse_nodes(options.nodes):
            lab.add(template_id, count)
        ready.set()
        print("ready", file=sys.stderr, flush=True)
        main_thread.work()
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        lab.shutdown()


if __name__ == "__main__":
    main()
