using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "receiver", worker = .receiver)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "receiver")],
);

const receiver :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "server-worker.bundle.js")],
  compatibilityDate = "2026-11-01",
);
